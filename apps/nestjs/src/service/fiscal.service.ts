import type {
  BreakerState,
  FindingCounts,
  LedgerListener,
  LedgerSetup,
  Payments,
  ReconcileRequest,
  ReconciliationReport,
  SharedAccount,
  StoreFigures,
  TroubledAccount,
} from '@fiscalkit/ledger';
import { Inject, Injectable } from '@nestjs/common';
import { LedgerLifecycle } from '../module/ledger-lifecycle.js';
import { FiscalCallbacks } from './fiscal-callbacks.js';
import { FiscalCorrections } from './fiscal-corrections.js';
import { FiscalEntries } from './fiscal-entries.js';
import { FiscalEvents } from './fiscal-events.js';
import { FiscalInterventions } from './fiscal-interventions.js';
import { FiscalPayments } from './fiscal-payments.js';
import { FiscalReceipts } from './fiscal-receipts.js';
import { FiscalReports } from './fiscal-reports.js';
import { type ForMerchant, RequestContext } from './request-context.js';

/**
 * Accepts receipts, corrections and payment confirmations, and reports on them; open from the initialisation of its module
 * until the application has stopped. Outside of that it throws a `FiscalError` with code `module.not-open`.
 */
@Injectable()
export class FiscalService {
  readonly receipts: FiscalReceipts;
  readonly corrections: FiscalCorrections;
  readonly payments: FiscalPayments;
  readonly interventions: FiscalInterventions;
  readonly entries: FiscalEntries;
  readonly reports: FiscalReports;
  readonly events: FiscalEvents;
  readonly callbacks: FiscalCallbacks;
  readonly #context: RequestContext;

  constructor(@Inject(LedgerLifecycle) lifecycle: LedgerLifecycle) {
    this.#context = new RequestContext(lifecycle);
    this.receipts = new FiscalReceipts(this.#context);
    this.corrections = new FiscalCorrections(this.#context);
    this.payments = new FiscalPayments(this.#context);
    this.interventions = new FiscalInterventions(this.#context);
    this.entries = new FiscalEntries(this.#context);
    this.reports = new FiscalReports(this.#context);
    this.events = new FiscalEvents(this.#context);
    this.callbacks = new FiscalCallbacks(this.#context);
  }

  /**
   * Compares payments with the merchant's receipts, and, with `withProvider`, with what its providers list: in
   * bounded memory, however many there are and in whatever order. Changes nothing; each finding names the safe
   * act. Throws a `FiscalError` with code `reconciliation.window`, `merchant.unknown`, `merchant.required`,
   * `lists.timeout` or `ledger.unavailable`.
   */
  async reconcile(
    payments: Payments,
    options: ForMerchant<Omit<ReconcileRequest, 'payments'>>,
  ): Promise<ReconciliationReport> {
    const request = this.#context.withMerchant(options);
    return this.#context.ledger.reconciliation.reconcile({ ...request, payments });
  }

  /**
   * Returns how many findings of each kind the last comparisons of this process had; `null` before the first.
   */
  reconciliationFindings(): FindingCounts | null {
    return this.#context.ledger.reconciliationFindings();
  }

  /** Returns queue depth and age. Throws `ledger.unavailable` while the ledger can't be read. */
  async figures(): Promise<StoreFigures> {
    return this.#context.ledger.figures();
  }

  /** Throws a `FiscalError` with code `ledger.unavailable` while it is known that nothing can be written. */
  async checkWrites(): Promise<void> {
    await this.#context.ledger.checkWrites();
  }

  /** Returns, per provider, the worst state of its circuit breakers: every account has its own. */
  breakers(): Record<string, BreakerState> {
    return this.#context.ledger.breakers();
  }

  /**
   * Returns the accounts whose calls are suspended by their circuit breaker or by a pause that the provider
   * asked for, and those that refuse a merchant's key.
   */
  troubledAccounts(): TroubledAccount[] {
    return this.#context.ledger.troubledAccounts();
  }

  /** Returns the accounts that several merchants share; documents of one payment id wait there in turn. */
  sharedAccounts(): readonly SharedAccount[] {
    return this.#context.ledger.sharedAccounts();
  }

  /** Returns where the ledger is, who sells, and where documents go; without keys and passwords. */
  setup(): LedgerSetup {
    return this.#context.ledger.setup();
  }

  /** Observes this process, for monitoring; for work, use `@OnFiscalEvent`. Returns how to unsubscribe. */
  observe(listener: LedgerListener): () => void {
    return this.#context.ledger.observe(listener);
  }

  /**
   * Ends the subscription of an event handler that was removed or renamed, and drops what waits for it. Throws a `FiscalError`
   * with code `event.handler.in-use` or `ledger.unavailable`.
   */
  async forgetHandler(name: string): Promise<void> {
    await this.#context.ledger.events.forget(name);
  }
}

import type {
  BreakerState,
  LedgerListener,
  LedgerSetup,
  SharedAccount,
  StoreFigures,
  TroubledAccount,
} from '@fiscalkit/ledger';
import { Inject, Injectable } from '@nestjs/common';
import { LedgerLifecycle } from '../module/ledger-lifecycle.js';
import { FiscalInterventions } from './fiscal-interventions.js';
import { FiscalPayments } from './fiscal-payments.js';
import { FiscalReceipts } from './fiscal-receipts.js';
import { RequestContext } from './request-context.js';

/**
 * Takes receipts and payment confirmations in, and tells what became of them; open from the initialisation of its module until the
 * application has stopped. Outside of that it throws a `FiscalError` with code `module.not-open`.
 */
@Injectable()
export class FiscalService {
  readonly receipts: FiscalReceipts;
  readonly payments: FiscalPayments;
  readonly interventions: FiscalInterventions;
  readonly #context: RequestContext;

  constructor(@Inject(LedgerLifecycle) lifecycle: LedgerLifecycle) {
    this.#context = new RequestContext(lifecycle);
    this.receipts = new FiscalReceipts(this.#context);
    this.payments = new FiscalPayments(this.#context);
    this.interventions = new FiscalInterventions(this.#context);
  }

  /** What waits. Throws a `FiscalError` with code `ledger.unavailable` while the ledger can't be read. */
  async figures(): Promise<StoreFigures> {
    return this.#context.ledger.figures();
  }

  /** Throws a `FiscalError` with code `ledger.unavailable` while nothing can be written, as far as that can be told. */
  async checkWrites(): Promise<void> {
    await this.#context.ledger.checkWrites();
  }

  /** Per provider that is delivered to, the state of the circuit breaker that is worst off: every account has its own. */
  breakers(): Record<string, BreakerState> {
    return this.#context.ledger.breakers();
  }

  /**
   * The accounts that calls are kept from now, by their circuit breaker or because the provider asked for a pause, and those that refuse
   * a merchant's key.
   */
  troubledAccounts(): TroubledAccount[] {
    return this.#context.ledger.troubledAccounts();
  }

  /** The accounts that more merchants than one have: documents of the same payment id wait there for each other. */
  sharedAccounts(): readonly SharedAccount[] {
    return this.#context.ledger.sharedAccounts();
  }

  /** Where the ledger is, who sells, and where documents go; without keys and passwords. */
  setup(): LedgerSetup {
    return this.#context.ledger.setup();
  }

  /** Watches what this process does, for logs and metrics; answers how to stop. For work to be done, use `@OnFiscalEvent`. */
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

import type {
  AccountOperatorAction,
  Entry,
  EntryHistory,
  InterventionService,
  SettledAccount,
  StuckEntriesQuery,
} from '@fiscalkit/ledger';
import type { RequestContext } from './request-context.js';

type Requested<Method extends 'retry' | 'park' | 'resolve' | 'resubmit' | 'move'> = Parameters<
  InterventionService[Method]
>[0];

/**
 * Interventions of operators in entries that delivery can't settle by itself; for all merchants, so keep it
 * from theirs. Actions throw a `FiscalError` with code `intervention.invalid` and all faults,
 * `entry.not-found`, `entry.busy` (to be tried again), `entry.state` or `ledger.unavailable`, and then have
 * changed nothing. An entry holds the buyer's data: never show one whole.
 */
export class FiscalInterventions {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /** Returns the entries that need an operator, longest unchanged first. */
  async stuck(query?: StuckEntriesQuery): Promise<Entry[]> {
    return this.#context.ledger.interventions.stuck(query);
  }

  /** Returns an entry of any merchant with its journal; `null` when there is none. */
  async history(id: string): Promise<EntryHistory | null> {
    return this.#context.ledger.interventions.history(id);
  }

  /** Makes the next step due now; a parked entry is searched first if it may ever have been sent. */
  async retry(action: Requested<'retry'>): Promise<Entry> {
    return this.#context.ledger.interventions.retry(action);
  }

  /** Stops delivery until an operator retries or resolves the entry; later ones of its payment wait. */
  async park(action: Requested<'park'>): Promise<Entry> {
    return this.#context.ledger.interventions.park(action);
  }

  /** Makes an entry final by an operator's finding. Also throws the code of a faulty link: `link.host`, … */
  async resolve(action: Requested<'resolve'>): Promise<Entry> {
    return this.#context.ledger.interventions.resolve(action);
  }

  /**
   * Resubmits a rejected document, corrected or unchanged, and returns the new entry. Also throws what
   * accepting it throws: `receipt.invalid`, `confirmation.invalid`, …
   */
  async resubmit(action: Requested<'resubmit'>): Promise<Entry> {
    return this.#context.ledger.interventions.resubmit(action);
  }

  /**
   * Moves a document that nobody has processed to another account of its merchant, and returns the new entry. Also
   * throws `account.unknown`, and `provider.unsupported` where that account takes no such document.
   */
  async move(action: Requested<'move'>): Promise<Entry> {
    return this.#context.ledger.interventions.move(action);
  }

  /**
   * Settles all entries of an account that is no longer configured; a repeat settles what was left. Also
   * throws `account.configured` and `account.other`.
   */
  async settleAccount(action: AccountOperatorAction): Promise<SettledAccount> {
    return this.#context.ledger.interventions.settleAccount(action);
  }
}

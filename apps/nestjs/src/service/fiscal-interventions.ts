import type {
  AccountOperatorAction,
  Entry,
  EntryHistory,
  InterventionService,
  SettledAccount,
  StuckEntriesQuery,
} from '@fiscalkit/ledger';
import type { RequestContext } from './request-context.js';

type Asked<Method extends 'retry' | 'park' | 'resolve' | 'resubmit'> = Parameters<
  InterventionService[Method]
>[0];

/**
 * Where people look after what delivery can't settle by itself; for all merchants, so keep it from theirs. Acts throw a
 * `FiscalError` with code `intervention.invalid` and all faults, `entry.not-found`, `entry.busy` (to be tried again),
 * `entry.state` or `ledger.unavailable`; the entry is as it was then. An entry holds the buyer's data: never show one whole.
 */
export class FiscalInterventions {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /** Entries that wait for a person, longest unchanged first. */
  async stuck(query?: StuckEntriesQuery): Promise<Entry[]> {
    return this.#context.ledger.interventions.stuck(query);
  }

  /** One entry of any merchant with its journal; `null` when there is none. */
  async history(id: string): Promise<EntryHistory | null> {
    return this.#context.ledger.interventions.history(id);
  }

  /** Makes the next step of an entry due now; a parked one goes back, and is searched first if it may ever have been sent. */
  async retry(act: Asked<'retry'>): Promise<Entry> {
    return this.#context.ledger.interventions.retry(act);
  }

  /** Stops the delivery of an entry until a person retries or resolves it. Later entries of its payment wait. */
  async park(act: Asked<'park'>): Promise<Entry> {
    return this.#context.ledger.interventions.park(act);
  }

  /** Makes an entry final by what a person found out. Throws also the code of a faulty link: `link.host`, … */
  async resolve(act: Asked<'resolve'>): Promise<Entry> {
    return this.#context.ledger.interventions.resolve(act);
  }

  /**
   * Hands a rejected document in again, corrected or as it was, and answers the new entry. Throws also what handing it in throws:
   * `receipt.invalid`, `confirmation.invalid`, …
   */
  async resubmit(act: Asked<'resubmit'>): Promise<Entry> {
    return this.#context.ledger.interventions.resubmit(act);
  }

  /**
   * Settles all entries of an account that is not configured any more; to repeat it does what was left. Throws also
   * `account.configured` and `account.other`.
   */
  async settleAccount(act: AccountOperatorAction): Promise<SettledAccount> {
    return this.#context.ledger.interventions.settleAccount(act);
  }
}

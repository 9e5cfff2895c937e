import type {
  AccountOperatorAction,
  Entry,
  EntryHistory,
  InterventionService,
  ManyInterventions,
  ManyInterventionsResult,
  OfferedAction,
  SettledAccount,
  StuckEntriesQuery,
} from '@fiscalkit/ledger';
import type { RequestContext } from './request-context.js';

type Requested<Method extends 'findNow' | 'retry' | 'park' | 'release' | 'resolve' | 'resubmit' | 'move'> =
  Parameters<InterventionService[Method]>[0];

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

  /** Makes the next look for an entry that the provider has, or may have, due now. */
  async findNow(action: Requested<'findNow'>): Promise<Entry> {
    return this.#context.ledger.interventions.findNow(action);
  }

  /** Lets a parked entry, or one that is held because its sale was rejected, go on. */
  async release(action: Requested<'release'>): Promise<Entry> {
    return this.#context.ledger.interventions.release(action);
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

  /**
   * Acts on all entries that match a filter (look up, retry, park, release), each with its row in the journal. Cut
   * off in the middle, the same call goes on, and acts on no entry twice; `dryRun` tells what would be done. Also
   * throws `intervention.needs-evidence` for acts that are only possible on one entry.
   */
  async interveneInMany(interventions: ManyInterventions): Promise<ManyInterventionsResult> {
    return this.#context.ledger.interventions.interveneInMany(interventions);
  }

  /** Returns the acts on an entry, each with the reason why it is not possible now, if it is not. */
  async offeredActions(entry: Entry): Promise<OfferedAction[]> {
    return this.#context.ledger.interventions.offeredActions(entry);
  }
}

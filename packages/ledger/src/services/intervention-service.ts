import type { Entry, EntryState } from '../entry/entry.js';
import type {
  AccountOperatorAction,
  FoundOutcome,
  OperatorAction,
  SettledAccount,
} from '../entry/operator-action.js';
import { type Decision, transitionByPerson } from '../entry/operator-transition.js';
import { type InterventionNote, interventionDetails } from '../journal/details.js';
import type { JournalRow } from '../journal/journal-row.js';
import { acceptEntry } from './accept-entry.js';
import {
  confirmationConflict,
  entryBusy,
  entryNotFound,
  entryState,
  interventionInvalid,
  receiptTwin,
  textFaults,
} from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import { registrationFound } from './registration-found.js';
import { type DocumentServices, prepareAgain, type Resubmission } from './resubmission.js';
import { settleAccount } from './settle-account.js';

/** Which of the entries that wait for a person to list. */
export interface StuckEntriesQuery {
  readonly merchant?: string | undefined;
  readonly states?: readonly EntryState[] | undefined;
  /** For how long an entry that is neither parked nor held nor final must have been accepted; 600,000 ms when absent. */
  readonly olderThanMs?: number | undefined;
  readonly offset?: number | undefined;
  /** 100 when absent, 1,000 at most. */
  readonly limit?: number | undefined;
}

/** An entry and all that happened to it. */
export interface EntryHistory {
  readonly entry: Entry;
  /** Oldest row first. */
  readonly journal: readonly JournalRow[];
  /** Id of the entry that this one was handed in again as, if it was. */
  readonly supersededBy: string | null;
}

/** How often to note a resubmission in a journal to which others add at the same time. */
const noteTries = 5;

/**
 * Where people look after what delivery can't settle by itself. Every given is a row in the entry's journal, and ends the hold that
 * a worker may have had on it. Acts throw a `FiscalError` with code `intervention.invalid` and all faults, `entry.not-found`,
 * `entry.busy` (to be tried again), `entry.state` or `ledger.unavailable`; the entry is as it was then.
 */
export class InterventionService {
  readonly #context: LedgerContext;
  readonly #documents: DocumentServices;

  constructor(context: LedgerContext, documents: DocumentServices) {
    this.#context = context;
    this.#documents = documents;
  }

  /**
   * Entries that wait for a person, longest unchanged first: parked and held ones, rejected ones that were not handed in again,
   * and those that are not final so long after they were accepted.
   */
  async stuck(query: StuckEntriesQuery = {}): Promise<Entry[]> {
    const { merchant, states, olderThanMs = 600_000, offset = 0, limit = 100 } = query;
    return this.#context.store.stuck({
      ...(merchant !== undefined && { merchant }),
      ...(states !== undefined && { states }),
      olderThanMs,
      offset,
      limit: Math.min(limit, 1_000),
    });
  }

  /** One entry of any merchant with its journal; `null` when there is none. */
  async history(id: string): Promise<EntryHistory | null> {
    const entry = await this.#context.store.entry(id);
    if (entry === null) return null;
    const journal = await this.#context.store.journal(id);
    const successor = entry.state === 'rejected' ? await this.#context.store.successor(entry) : null;
    return {
      entry,
      journal: journal.filter(({ version }) => version <= entry.version),
      supersededBy: successor?.id ?? null,
    };
  }

  /**
   * Makes the next step of an entry due now. A parked one goes back: to `pending` when the provider's document is known, to
   * `unknown` when it may ever have been sent (so it is searched before it is sent again), else to `accepted`. One that is held
   * because its sale was rejected (`sale.rejected`) is let go: it is sent although no sale is registered.
   */
  async retry(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'retry' }));
  }

  /** Stops the delivery of an entry until a person retries or resolves it. Later entries of its payment wait. */
  async park(given: OperatorAction): Promise<Entry> {
    return this.#intervene(given, () => ({ action: 'park' }));
  }

  /** Makes an entry final by what a person found out. Throws also what `parseReceiptLink` throws: `link.host`, … */
  async resolve(given: OperatorAction & { readonly outcome: FoundOutcome }): Promise<Entry> {
    return this.#intervene(given, (entry) => ({
      action: 'resolve',
      registration: registrationFound(given.outcome, entry),
    }));
  }

  /**
   * Hands a rejected document in again, corrected or as it was, as a new entry of the same payment; answers that. The same again
   * is a repeat and gives the same entry; with another document it is refused with `entry.state`. Throws also what the context of
   * the document throws: `receipt.invalid`, `receipt.twin`, `confirmation.invalid`, `confirmation.link.conflict`, …
   */
  async resubmit(given: OperatorAction & Resubmission): Promise<Entry> {
    checkOperatorAction(given);
    const rejected = await this.#entry(given.id);
    transitionOf(rejected, { action: 'resubmit' });
    const outcome = await acceptEntry(this.#context, prepareAgain(this.#documents, rejected, given));
    if (outcome.kind === 'conflict') throw versionConflict(outcome.over);
    if (outcome.kind === 'twin') throw receiptTwin(outcome.entry);
    await this.#noteResubmission(given, rejected, outcome.entry.id);
    return outcome.entry;
  }

  /**
   * Settles all entries of an account that is not configured any more, each with its row in the journal; to repeat it does what
   * was left. Throws a `FiscalError` with code `account.configured` or `account.other` if that can be done to none of them.
   */
  async settleAccount(given: AccountOperatorAction): Promise<SettledAccount> {
    checkOperatorAction(given);
    return settleAccount(this.#context, given);
  }

  async #intervene(given: OperatorAction, decide: (entry: Entry) => Decision): Promise<Entry> {
    checkOperatorAction(given);
    const entry = await this.#entry(given.id);
    const decision = decide(entry);
    const written = await this.#write(entry, decision, { given, ...decision });
    if (written === null) throw entryBusy();
    this.#context.wake(written);
    return written;
  }

  /** The new entry is there already, and a repeat of the given finds it: only the note may have to be tried again. */
  async #noteResubmission(given: OperatorAction, rejected: Entry, successor: string): Promise<void> {
    const decision = { action: 'resubmit' } as const;
    for (let entry = rejected, tries = 0; tries < noteTries; tries += 1) {
      if (await this.#write(entry, decision, { given, ...decision, successor })) return;
      entry = await this.#entry(given.id);
    }
    throw entryBusy();
  }

  async #entry(id: string): Promise<Entry> {
    const entry = await this.#context.store.entry(id);
    if (entry === null) throw entryNotFound();
    return entry;
  }

  /** The entry as it is now, or `null` when something happened to it meanwhile. */
  async #write(entry: Entry, decision: Decision, note: InterventionNote): Promise<Entry | null> {
    const { id, version, state: from } = entry;
    const transition = transitionOf(entry, decision);
    const details = interventionDetails(note);
    const outcome = await this.#context.store.intervene({ id, version, transition, details });
    if (outcome.kind === 'changed') return null;
    const { action, given } = note;
    this.#context.observers.emit({ type: 'intervention', action, entry: outcome.entry, from, by: given.by });
    for (const held of outcome.held ?? []) this.#context.observers.emit({ type: 'held', entry: held });
    return outcome.entry;
  }
}

function transitionOf(entry: Entry, decision: Decision) {
  const transition = transitionByPerson(entry, decision);
  if (transition === 'busy') throw entryBusy();
  if (transition === 'impossible') throw entryState();
  return transition;
}

function versionConflict(over: string): Error {
  return over === 'idempotency-key'
    ? entryState('This entry was handed in again before, with another document.')
    : confirmationConflict(over);
}

/** Throws a `FiscalError` with code `intervention.invalid` and all faults unless it is said who acts, and why. */
function checkOperatorAction({ by, reason }: Pick<OperatorAction, 'by' | 'reason'>): void {
  const faults = [...textFaults('$.by', by, 64, 'printable'), ...textFaults('$.reason', reason, 500, 'any')];
  if (faults.length > 0) throw interventionInvalid(faults);
}

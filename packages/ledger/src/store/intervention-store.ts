import type { Entry, EntryState } from '../entry/entry.js';
import type { Transition } from '../entry/transition.js';
import type { BatchStore, EntryPlace } from './batch-store.js';
import type { EntryIndex } from './entry-search.js';

/** Which of the entries that wait for a person to read. Filters that are absent let everything pass. */
export interface StuckQuery {
  readonly merchants?: readonly string[];
  readonly states?: readonly EntryState[];
  /** For how long an entry that is neither parked nor held nor final must have been accepted. */
  readonly olderThanMs: number;
  readonly offset: number;
  readonly limit: number;
}

/** What a person decided about an entry, to write if nothing has happened to it meanwhile. */
export interface Intervention {
  readonly id: string;
  /** The version of the entry that the person decided on. */
  readonly version: number;
  readonly transition: Transition;
  /** The account that the entry goes to; the one that it has when absent. */
  readonly account?: string;
  /** UUID of the batch that it is part of: nothing is written where that has acted on the entry before. */
  readonly batch?: string;
  /** The details of the journal row: canonical JSON. */
  readonly details: string;
}

/**
 * `written` as a result is. `changed`: a worker holds the entry, it has another version by now, the batch has acted
 * on it, or it is not there; nothing was written.
 */
export type InterventionOutcome<Stored = Entry> =
  | { readonly kind: 'written'; readonly entry: Stored; readonly held?: readonly Stored[] }
  | { readonly kind: 'changed' };

/** Which entries of an account to read. */
export interface AccountEntriesQuery {
  readonly account: string;
  readonly merchant?: string;
  /** The last entry of the page before. */
  readonly after?: EntryPlace;
  readonly limit: number;
}

/** Time whose changes a restored ledger may have lost. */
export interface RestoreWindow {
  /** When the copy was made that was put back. */
  readonly since: Date;
  /** Until when callers may repeat what was lost. */
  readonly until: Date;
}

/** The windows of all declarations as one, the widest. */
export interface DeclaredRestore extends RestoreWindow {
  /** Time of the last declaration. */
  readonly declaredAt: Date;
}

/** The part of a store that interventions need, beside delivery. */
export interface InterventionStore {
  /** Reads of interventions in many entries. */
  readonly batches: BatchStore;
  /** Index in which the entries of all merchants are searched. */
  readonly entryIndex: EntryIndex;
  /** An entry of any merchant. */
  entry(id: string): Promise<Entry | null>;
  /** Returns the entry that an entry was resubmitted as, if it was. */
  successor(entry: Pick<Entry, 'merchant' | 'id'>): Promise<Entry | null>;
  /**
   * Returns entries that need an operator, longest unchanged first: parked and held ones, those that wait
   * because of their account, rejected ones that were not resubmitted, and those that are not final so long
   * after they were accepted.
   */
  stuck(query: StuckQuery): Promise<Entry[]>;
  /** Entries of an account that are not final, in the order in which they were accepted. */
  unfinishedOf(query: AccountEntriesQuery): Promise<Entry[]>;
  /**
   * Writes a person's decision with its journal row, whether or not the state changes, and raises the fence,
   * so that a worker that held the entry writes nothing. What follows from a final state follows as from a
   * result; an entry that becomes `accepted` behind another of its ordering key, or before the sale that it
   * depends on is registered, waits for that one. One that is `released` does not wait for a sale any more.
   */
  intervene(intervention: Intervention): Promise<InterventionOutcome>;
  /**
   * Declares that an old copy of the ledger was put back; to be called while no process delivers, and before
   * one starts. From then on, an entry that was accepted before `until` and has not been sent since is
   * searched before it is sent: the claim makes it `unknown`, as one that was first sent at `since` and last
   * at the declaration. The absence of what is unknown already is believed only when the time to settle has
   * passed since the declaration. All leases end: fences rise beyond all that the lost ledger can have given.
   * Of several declarations, the widest window counts. Throws a `FiscalError` with code `restore.window`
   * unless `since` is before `until`.
   */
  declareRestored(window: RestoreWindow): Promise<void>;
  /** Returns what was declared, whenever that was; `null` for a ledger that was never restored. */
  restored(): Promise<DeclaredRestore | null>;
}

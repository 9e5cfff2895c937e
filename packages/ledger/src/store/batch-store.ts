import type { Entry, FinalState } from '../entry/entry.js';
import type { EntryFilter } from '../entry/entry-filter.js';

/** Place of an entry in the order in which entries were accepted. */
export type EntryPlace = Pick<Entry, 'acceptedAt' | 'sequence'>;

/** Which entries are meant by an act on many. */
export interface FilteredEntries {
  readonly filter: EntryFilter;
  /** Only entries of these merchants. */
  readonly merchants?: readonly string[] | undefined;
}

/** Which of these to read: those that the batch did not act on. */
export interface BatchEntriesQuery extends FilteredEntries {
  readonly batch: string;
  /** The last entry of the page before; `null` for the first page. */
  readonly after: EntryPlace | null;
  readonly limit: number;
}

/** Number of final entries that match, by state. */
export interface FinalEntries {
  readonly states: Readonly<Record<FinalState, number>>;
  /** Whether these are all that there are: the newest entries of the ledger are looked at. */
  readonly isAll: boolean;
}

/** How far a batch is. */
export interface BatchProgress {
  /** Number of entries that it acted on. */
  readonly acted: number;
  /** The last of these, in the order in which they were accepted; `null` for none. */
  readonly last: EntryPlace | null;
}

/** The part of a store that acts on many entries need. */
export interface BatchStore {
  /** Entries that are not final and match, in the order in which they were accepted. */
  unfinished(query: BatchEntriesQuery): Promise<Entry[]>;
  /** Counts final entries that match, among the newest entries of the ledger. */
  countFinal(query: FilteredEntries): Promise<FinalEntries>;
  /** How far a batch is, by its UUID. */
  progress(batch: string): Promise<BatchProgress>;
}

import type { StoredSeal } from '../journal/make-seal.js';
import type { SealedRow } from '../journal/outline.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-row-of.js';

/** An entry with what the journal says of it. */
export interface AuditedEntry {
  readonly row: EntryRow;
  /** Its journal rows, in the order of versions. */
  readonly journal: readonly JournalTableRow[];
  /** Other tables and columns that should agree with the entry and don't. */
  readonly disagreeing: readonly string[];
}

/** How far the store says that it has counted. */
export interface AuditMarks {
  /** The last position that was given to a journal row. */
  readonly lastPosition: number;
  /** The last sequence that was given to an entry. */
  readonly lastSequence: number;
  /** The number of the last seal. */
  readonly lastSeal: number;
  /** How many entries became final; `null` where that is not counted apart. */
  readonly finished: number | null;
}

/**
 * Where an audit reads a ledger: one snapshot of it, page by page, so that a ledger of any size fits. Numbers that are too
 * large for exact arithmetic come rounded.
 */
export interface AuditSource {
  /** Whether every position and sequence up to the last one was used. */
  readonly contiguous: boolean;
  /** What is broken in the file itself; empty where the server sees to that. */
  damages(): Promise<readonly string[]>;
  /** The guards against rewriting the journal that are gone or altered. */
  missingGuards(): Promise<readonly string[]>;
  marks(): Promise<AuditMarks>;
  /** In the order of their numbers. */
  seals(): AsyncIterable<readonly StoredSeal[]>;
  /** In the order of positions. */
  rows(): AsyncIterable<readonly SealedRow[]>;
  /** In the order of acceptance. */
  entries(): AsyncIterable<readonly AuditedEntry[]>;
  /** Journal rows of entries that are not there, in the order of positions. */
  orphans(): AsyncIterable<readonly JournalTableRow[]>;
  /** One row of an entry's journal. */
  row(entryId: string, version: number): Promise<JournalTableRow | null>;
  hasEntry(entryId: string): Promise<boolean>;
  close(): Promise<void>;
}

import { FiscalError } from '@fiscalkit/schemas';
import type { SealedRow } from '../journal/block-manifest.js';
import type { BlockRow, JournalBlock } from '../journal/journal-block.js';
import type { StoredSeal } from '../journal/seal.js';
import type { EntryRow } from '../store/entry-row.js';
import type { JournalTableRow } from '../store/journal-table-row.js';

/** An entry with its journal. */
export interface AuditedEntry {
  readonly row: EntryRow;
  /** Its journal rows, in the order of versions. */
  readonly journal: readonly JournalTableRow[];
  /** Other tables and columns that should agree with the entry and don't. */
  readonly disagreeing: readonly string[];
}

/** A block of the journal as it is stored. */
export interface StoredBlock extends JournalBlock {
  /** Its rows; `null` where they can't be parsed. */
  readonly parsed: readonly BlockRow[] | null;
  readonly hash: string;
}

/** The counters of the store. */
export interface AuditMarks {
  /** The last position that was given to a journal row. */
  readonly lastPosition: number;
  /** The last sequence that was given to an entry. */
  readonly lastSequence: number;
  /** The number of the last seal. */
  readonly lastSeal: number;
  /** Number of entries that became final; `null` where that is not counted apart. */
  readonly finished: number | null;
}

/**
 * A snapshot of a ledger, read page by page so that a ledger of any size fits. Numbers too large for exact
 * arithmetic come rounded.
 */
export type AuditSource = AuditedEntries & (AuditedBlocks | AuditedSeals);

/** A journal that is kept in blocks, each the seal of its rows. */
export interface AuditedBlocks {
  /** In the order of their numbers; to be read to the end before the entries. */
  blocks(): AsyncIterable<readonly StoredBlock[]>;
}

/** A journal of rows with seals apart. */
export interface AuditedSeals {
  /** In the order of their numbers. */
  seals(): AsyncIterable<readonly StoredSeal[]>;
  /** In the order of positions. */
  rows(): AsyncIterable<readonly SealedRow[]>;
  /** One row of an entry's journal. */
  row(entryId: string, version: number): Promise<JournalTableRow | null>;
  hasEntry(entryId: string): Promise<boolean>;
}

/** The entries of a ledger, each with its journal. */
export interface AuditedEntries {
  /** Whether the store uses every position and sequence up to the last one. */
  readonly contiguous: boolean;
  /** Damages of the file itself; empty where the server sees to that. */
  damages(): Promise<readonly string[]>;
  /** The guards against rewriting the journal that are gone or altered. */
  missingGuards(): Promise<readonly string[]>;
  marks(): Promise<AuditMarks>;
  /** In the order of acceptance. */
  entries(): AsyncIterable<readonly AuditedEntry[]>;
  /** Journal rows of entries that are not there, in the order of positions. */
  orphans(): AsyncIterable<readonly JournalTableRow[]>;
  close(): Promise<void>;
}

/** The code of the error for a file that is damaged, or no ledger. */
export const damagedCode = 'ledger.damaged';

/** Returns the error for a place where a ledger was expected and there is none. */
export function ledgerMissing(): FiscalError {
  return new FiscalError({
    code: 'ledger.missing',
    message: 'There is no ledger in this place.',
    retryable: false,
  });
}

/** Returns the error for a ledger of an older release that nothing has brought up to date yet. */
export function ledgerOutdated(): FiscalError {
  return new FiscalError({
    code: 'ledger.version',
    message: 'An older release has written this ledger: start this release on it once, then audit it.',
    retryable: false,
  });
}

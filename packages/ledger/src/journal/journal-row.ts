import type { EntryState } from '../entry/entry.js';
import { sha256Hex } from './digest.js';

/** One transition of one entry, as it was written. Rows are only ever added. */
export interface JournalRow {
  /** Rises over all entries of the store. */
  readonly position: number;
  readonly entryId: string;
  /** 1 for the first row of an entry, without gaps. */
  readonly version: number;
  readonly at: Date;
  readonly from: EntryState | null;
  readonly to: EntryState;
  /**
   * JSON: fence, worker, reason, provider document, digest of the frozen bytes. Never a body or buyer data.
   */
  readonly details: string;
  /** SHA-256, in hex, over this row and the hash of the entry's row before it. */
  readonly hash: string;
}

/** A block of journal rows over all entries, hashed together with the seal before it. */
export interface Seal {
  readonly number: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly rows: number;
  readonly hash: string;
}

/** What a journal row says, before it has its place in the store. */
export type JournalFact = Omit<JournalRow, 'position' | 'hash'>;

/**
 * The hash that chains a row to the entry's row before it: SHA-256, in hex, over the canonical JSON of the
 * row's facts and the hash before (`null` for the first row).
 */
export function hashJournalRow(fact: JournalFact, previousHash: string | null): string {
  const { entryId, version, at, from, to, details } = fact;
  const text = JSON.stringify;
  // Written out, because an audit hashes every row of the journal: the names in their order, and no blanks.
  return sha256Hex(
    `{"at":"${at.toISOString()}","details":${text(details)},"entry_id":${text(entryId)},"from":${text(from)},` +
      `"previous":${text(previousHash)},"to":${text(to)},"version":${version}}`,
  );
}

/**
 * The first row of one entry's journal, oldest first, that doesn't follow from the row before it; `null` when
 * the chain is whole. A last row that is missing shows against the entry, and against the seals.
 */
export function firstBrokenRow(rows: readonly JournalRow[]): JournalRow | null {
  let previous: JournalRow | null = null;
  for (const row of rows) {
    const follows =
      row.version === (previous?.version ?? 0) + 1 &&
      row.from === (previous?.to ?? null) &&
      row.hash === hashJournalRow(row, previous?.hash ?? null);
    if (!follows) return row;
    previous = row;
  }
  return null;
}

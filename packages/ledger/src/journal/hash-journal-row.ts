import type { JournalRow } from './journal-row.js';
import { sha256Hex } from './sha256-hex.js';

/** What a journal row says, before it has its place in the store. */
export type JournalFact = Omit<JournalRow, 'position' | 'hash'>;

/**
 * The hash that chains a row to the entry's row before it: SHA-256, in hex, over the canonical JSON of the row's facts and
 * the hash before (`null` for the first row).
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

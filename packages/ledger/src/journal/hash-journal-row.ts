import { canonicalJson } from '@fiscalkit/schemas';
import type { JournalRow } from './journal-row.js';
import { sha256Hex } from './sha256-hex.js';

/** What a journal row says, before it has its place in the store. */
export type JournalFact = Omit<JournalRow, 'position' | 'hash'>;

/**
 * The hash that chains a row to the entry's row before it: SHA-256, in hex, over the canonical JSON of the row's facts and
 * the hash before (`null` for the first row).
 */
export function hashJournalRow(fact: JournalFact, previousHash: string | null): string {
  return sha256Hex(
    canonicalJson({
      entry_id: fact.entryId,
      version: fact.version,
      at: fact.at.toISOString(),
      from: fact.from,
      to: fact.to,
      details: fact.details,
      previous: previousHash,
    }),
  );
}

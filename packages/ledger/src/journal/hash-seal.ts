import { createHash } from 'node:crypto';
import type { JournalRow } from './journal-row.js';

/**
 * The hash of a seal: SHA-256, in hex, over the hash of the seal before it (empty for the first) and, line by line, the
 * position and hash of every row of its block in the order of positions.
 */
export function hashSeal(
  previousSealHash: string | null,
  rows: Iterable<Pick<JournalRow, 'position' | 'hash'>>,
): string {
  const hash = createHash('sha256').update(previousSealHash ?? '');
  for (const row of rows) hash.update(`\n${row.position}:${row.hash}`);
  return hash.digest('hex');
}

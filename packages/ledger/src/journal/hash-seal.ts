import type { JournalRow } from './journal-row.js';
import { sha256Hex } from './sha256-hex.js';

/**
 * The hash of a seal: SHA-256, in hex, over the hash of the seal before it (empty for the first) and, line by line, the
 * position and hash of every row of its block in the order of positions.
 */
export function hashSeal(
  previousSealHash: string | null,
  rows: Iterable<Pick<JournalRow, 'position' | 'hash'>>,
): string {
  const lines = Array.from(rows, ({ position, hash }) => `\n${position}:${hash}`);
  return sha256Hex((previousSealHash ?? '') + lines.join(''));
}

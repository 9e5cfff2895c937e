import { type SealedRow, writeManifest } from './block-manifest.js';
import { sha256Hex } from './digest.js';
import type { JournalRow, Seal } from './journal-row.js';

/** A seal as it is stored. */
export interface StoredSeal extends Seal {
  readonly manifest: string;
}

/** Most rows in one seal, which are held in memory at once when it is made, and when it is verified. */
export const largestBlock = 10_000;

/** The part of the seal before that the next one needs. */
export type PreviousSeal = Pick<Seal, 'number' | 'lastPosition' | 'hash'>;

/** Returns the seal of a block of rows, in the order of positions; `null` for none. */
export function makeSeal(previous: PreviousSeal | null, rows: readonly SealedRow[]): StoredSeal | null {
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (!first || !last) return null;
  return {
    number: (previous?.number ?? 0) + 1,
    firstPosition: first.position,
    lastPosition: last.position,
    rows: rows.length,
    hash: hashSeal(previous?.hash ?? null, rows),
    manifest: writeManifest(rows),
  };
}

/**
 * Returns the hash of a seal: SHA-256, in hex, over the hash of the seal before it (empty for the first) and,
 * line by line, the position and hash of every row of its block in the order of positions.
 */
export function hashSeal(
  previousSealHash: string | null,
  rows: Iterable<Pick<JournalRow, 'position' | 'hash'>>,
): string {
  const lines = Array.from(rows, ({ position, hash }) => `\n${position}:${hash}`);
  return sha256Hex((previousSealHash ?? '') + lines.join(''));
}

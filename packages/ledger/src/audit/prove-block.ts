import { hashSeal } from '../journal/hash-seal.js';
import type { StoredSeal } from '../journal/make-seal.js';
import type { OutlinedRow, SealedRow } from '../journal/outline.js';

/** What proves a seal. */
export interface BlockProof {
  readonly block: readonly SealedRow[];
  /** Rows before the block that were under one more seal, which is gone; empty when none is. */
  readonly missed: readonly SealedRow[];
}

/** What a seal is proven against. */
export interface ProofGrounds {
  /** Not sealed by an earlier seal, and at least up to the end of the block. */
  readonly rows: readonly SealedRow[];
  readonly outline: readonly OutlinedRow[] | null;
  /** What the hash of the seal before may be. */
  readonly anchors: readonly (string | null)[];
}

/**
 * Finds the rows that prove the seal's hash; `null` when none do. Where seal and outline disagree about the block, either may
 * be right. Pure.
 */
export function proveBlock(seal: StoredSeal, { rows, outline, anchors }: ProofGrounds): BlockProof | null {
  const lasts = new Set([seal.lastPosition, outline?.at(-1)?.position ?? seal.lastPosition]);
  const firsts = new Set([seal.firstPosition, outline?.at(0)?.position ?? seal.firstPosition]);
  for (const last of lasts) {
    const upToLast = rows.filter(({ position }) => position <= last);
    if (proves(seal, upToLast, anchors)) return { block: upToLast, missed: [] };
    for (const first of firsts) {
      const missed = upToLast.filter(({ position }) => position < first);
      const block = upToLast.filter(({ position }) => position >= first);
      const missedHashes = missed.length === 0 ? [] : anchors.map((anchor) => hashSeal(anchor, missed));
      if (proves(seal, block, missedHashes)) return { block, missed };
    }
  }
  return null;
}

function proves(
  { hash }: StoredSeal,
  rows: readonly SealedRow[],
  anchors: readonly (string | null)[],
): boolean {
  return rows.length > 0 && anchors.some((anchor) => hashSeal(anchor, rows) === hash);
}

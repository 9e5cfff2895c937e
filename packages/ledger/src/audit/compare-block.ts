import { hasOutlinedHash, type OutlinedRow, type SealedRow } from '../journal/outline.js';

/** How the rows of a block differ from its outline. */
export interface BlockDifferences {
  /** Outlined, but not in their place. */
  readonly absent: readonly OutlinedRow[];
  /** In a place where another row, or none, was outlined. */
  readonly strangers: readonly SealedRow[];
  /** In their place, with another hash. */
  readonly changed: readonly SealedRow[];
}

/** Compares rows with the outline, position by position. Pure. */
export function compareBlock(rows: readonly SealedRow[], outline: readonly OutlinedRow[]): BlockDifferences {
  const present = new Map(rows.map((row) => [row.position, row]));
  const absent: OutlinedRow[] = [];
  const changed: SealedRow[] = [];
  for (const outlined of outline) {
    const row = present.get(outlined.position);
    if (row?.entryId !== outlined.entryId || row.version !== outlined.version) {
      absent.push(outlined);
      continue;
    }
    present.delete(outlined.position);
    if (!hasOutlinedHash(row, outlined)) changed.push(row);
  }
  return { absent, strangers: [...present.values()], changed };
}

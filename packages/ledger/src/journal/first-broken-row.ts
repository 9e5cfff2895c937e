import { hashJournalRow } from './hash-journal-row.js';
import type { JournalRow } from './journal-row.js';

/**
 * The first row of one entry's journal, oldest first, that doesn't follow from the row before it; `null` when the chain is
 * whole. A last row that is missing shows against the entry, and against the seals.
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

import { hashJournalRow } from '../journal/hash-journal-row.js';
import { type JournalTableRow, journalRowOf } from '../store/journal-row-of.js';

/** Returns the hash that the row should have after the one before it; `null` for a row that no store writes. */
export function rowHash(row: JournalTableRow, previousHash: string | null): string | null {
  const journalRow = journalRowOf(row);
  // A part of a millisecond, or a time beyond all calendars.
  return journalRow.at.getTime() === row.at ? hashJournalRow(journalRow, previousHash) : null;
}

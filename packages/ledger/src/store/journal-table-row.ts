import type { EntryState } from '../entry/entry.js';
import type { JournalRow } from '../journal/journal-row.js';

/** A journal row as the table holds it: the time in milliseconds. */
export interface JournalTableRow {
  readonly position: number;
  readonly entry_id: string;
  readonly version: number;
  readonly at: number;
  readonly from_state: EntryState | null;
  readonly to_state: EntryState;
  readonly details: string;
  readonly hash: string;
  /** The block that it is in, where the journal is kept in blocks. */
  readonly block?: number;
}

/** Reads a table row as a journal row. */
export function journalRowOf(row: JournalTableRow): JournalRow {
  return {
    position: row.position,
    entryId: row.entry_id,
    version: row.version,
    at: new Date(row.at),
    from: row.from_state,
    to: row.to_state,
    details: row.details,
    hash: row.hash,
  };
}

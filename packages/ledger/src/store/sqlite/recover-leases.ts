import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import type { EntryTable } from './entry-table.js';
import { loseLease } from './lose-lease.js';
import { prepareQuery } from './query.js';

/**
 * Ends the leases of the process that had the ledger before: it is dead, because this process holds the lock. What it was
 * sending is unknown.
 */
export function recoverLeases(database: DatabaseSync, table: EntryTable, now: number): void {
  const held = prepareQuery<EntryRow>(database, 'SELECT * FROM entries WHERE worker IS NOT NULL');
  for (const row of held.all()) {
    if (row.state === 'sending') loseLease(table, row, now);
    else table.change(row, { worker: null, due_at: now });
  }
}

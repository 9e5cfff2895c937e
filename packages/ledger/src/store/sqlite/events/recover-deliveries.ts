import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from '../query.js';

/** Ends the leases of the process that had the ledger before: its handlers may not have come to an end. */
export function recoverDeliveries(database: DatabaseSync, now: number): void {
  const release = 'UPDATE event_deliveries SET worker = NULL, due_at = :now WHERE worker IS NOT NULL';
  prepareQuery(database, release).run({ now });
}

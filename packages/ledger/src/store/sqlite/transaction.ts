import type { DatabaseSync } from 'node:sqlite';
import { asLedgerError } from './ledger-error.js';

/** Runs the work in one transaction: all of it is durable when this returns, none of it is there when this throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some failures, such as a full disk.
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw asLedgerError(error);
  }
}

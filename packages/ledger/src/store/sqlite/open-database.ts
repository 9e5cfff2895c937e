import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.js';

const busyMs = 2_000;

/** Opens the ledger's database, with its tables made when missing, so that a commit means "on the disk". */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

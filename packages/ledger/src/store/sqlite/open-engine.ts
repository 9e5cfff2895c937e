import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StoreTime } from './group-commit.js';
import { makeFile } from './ledger-files.js';
import { assertKnownVersion, migrate } from './migrations.js';
import { lockForProcess, type ProcessLock } from './process-lock.js';
import { asLedgerError } from './query.js';
import { SqliteEngine } from './sqlite-engine.js';

/** The path of a ledger that ends with the process. */
export const inMemory = ':memory:';
const noLock: ProcessLock = { release: () => {} };

/**
 * Opens the ledger at this path in this thread. Throws a `FiscalError` with code `ledger.in-use` where
 * another process has it, `ledger.unavailable`.
 */
export function openEngine(path: string, time: StoreTime): SqliteEngine {
  const lock = path === inMemory ? noLock : lockForProcess(path);
  try {
    if (path !== inMemory) makeFile(path);
    return new SqliteEngine({ database: openDatabase(path), time, release: lock.release });
  } catch (error) {
    lock.release();
    throw asLedgerError(error);
  }
}

const busyMs = 2_000;

/**
 * Pages of 4 KiB in the write-ahead log at which they are moved into the file: pages that change often are
 * then moved once.
 */
const pagesToMove = 4_096;

/**
 * Memory for pages, so that the upper levels of a large ledger's indexes are not read anew for every entry.
 * No more than that: in a file below 1 GiB, a commit that split pages out of order looks at every page in
 * memory.
 */
const cacheKibibytes = 8_192;

/**
 * What undoes a single statement stays in memory (`temp_store`): it is for errors only, not for a crash, and
 * in a file it would be written with every entry.
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA wal_autocheckpoint = ${pagesToMove};
  PRAGMA cache_size = -${cacheKibibytes};
`;

/** Refuses a ledger of another version before anything in its file is changed. */
function refuseUnknownVersion(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  try {
    assertKnownVersion(database);
  } finally {
    database.close();
  }
}

/** Opens the ledger's database, with its tables made when missing, so that a commit means "on the disk". */
export function openDatabase(path: string): DatabaseSync {
  if (path !== inMemory && existsSync(path)) refuseUnknownVersion(path);
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    database.exec(settings);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

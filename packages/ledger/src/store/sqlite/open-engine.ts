import { asLedgerError } from './ledger-error.js';
import { makeFile } from './ledger-files.js';
import { openDatabase } from './open-database.js';
import type { StoreTime } from './prepare-transact.js';
import { lockForProcess, type ProcessLock } from './process-lock.js';
import { SqliteEngine } from './sqlite-engine.js';

/** The path of a ledger that ends with the process. */
export const inMemory = ':memory:';
const noLock: ProcessLock = { release: () => {} };

/** Opens the ledger at this path in this thread. Throws a `FiscalError` with code `ledger.in-use` where another process has it, `ledger.unavailable`. */
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

import type { LedgerStore } from '../ledger-store.js';
import { asLedgerError } from './ledger-error.js';
import { openDatabase } from './open-database.js';
import { lockForProcess, type ProcessLock } from './process-lock.js';
import { SqliteStore } from './sqlite-store.js';

/** Where an SQLite ledger lives. */
export interface SqliteStoreSettings {
  /** File of the ledger, made with its folder when missing; `:memory:` for a ledger that ends with the process. */
  readonly path: string;
  /** What leases, due times and time stamps follow. */
  readonly clock?: () => Date;
  /**
   * Milliseconds on a clock that never jumps, to notice by when `clock` was set. That of the process when absent, or `clock`
   * itself when that is given.
   */
  readonly elapsed?: () => number;
}

const inMemory = ':memory:';
const noLock: ProcessLock = { release: () => {} };

/**
 * Opens the ledger in an SQLite file. One process may have it open: a second gets a `FiscalError` with code `ledger.in-use`;
 * after a crash, what the dead process was sending is found out at once.
 */
export function createSqliteStore({ path, clock, elapsed }: SqliteStoreSettings): LedgerStore {
  const time = {
    now: () => (clock?.() ?? new Date()).getTime(),
    elapsed: elapsed ?? (clock ? () => clock().getTime() : () => performance.now()),
  };
  const lock = path === inMemory ? noLock : lockForProcess(path);
  try {
    return new SqliteStore({ database: openDatabase(path), time, release: lock.release });
  } catch (error) {
    lock.release();
    throw asLedgerError(error);
  }
}

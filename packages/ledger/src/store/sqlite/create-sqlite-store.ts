import { FiscalError } from '@fiscalkit/schemas/errors';
import type { LedgerStore } from '../ledger-store.js';
import type { StoreTime } from './group-commit.js';
import { inMemory, openEngine } from './open-engine.js';
import { openingError } from './process-lock.js';
import { ReaderInEngine } from './reader.js';
import type { SqliteEngine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';
import { ReaderInThread } from './thread/reader-in-thread.js';

/** Where an SQLite ledger lives. */
export interface SqliteStoreSettings {
  /**
   * File of the ledger, created with its folder if missing; `:memory:` for one that ends with the process.
   */
  readonly path: string;
  /** What leases, due times and time stamps follow. */
  readonly clock?: () => Date;
  /**
   * Milliseconds on a clock that never jumps, to notice by when `clock` was set. That of the process when
   * absent, or `clock` itself when that is given.
   */
  readonly elapsed?: () => number;
}

/**
 * Opens the ledger in an SQLite file, in this thread: every commit keeps it waiting for the disk.
 * `openSqliteStore` does not. Lists of a file are read in a thread of their own either way, those of a ledger
 * in memory here, in slices of a few milliseconds. One process may have the ledger open: a second gets a
 * `FiscalError` with code `ledger.in-use`; after a crash, what the dead process was sending is found out at
 * once.
 */
export function createSqliteStore({ path, clock, elapsed }: SqliteStoreSettings): LedgerStore {
  assertPath(path);
  const time = {
    now: () => (clock?.() ?? new Date()).getTime(),
    elapsed: elapsed ?? (clock ? () => clock().getTime() : () => performance.now()),
  };
  const engine = openOrExplain(path, time);
  if (path === inMemory) return new SqliteStore(engine);
  const without = new ReaderInEngine(engine);
  return new SqliteStore(engine, {
    path,
    reader: new ReaderInThread({ path, now: clock && time.now, without }),
  });
}

function openOrExplain(path: string, time: StoreTime): SqliteEngine {
  try {
    return openEngine(path, time);
  } catch (error) {
    throw openingError(path, error);
  }
}

/**
 * Throws a `FiscalError` with code `config.path` for a path that is none, as from a variable that is not set,
 * and for an address of PostgreSQL, which would become a file with the password in its name.
 */
export function assertPath(path: unknown): void {
  const isText = typeof path === 'string' && path !== '';
  if (isText && !/^(?:sqlite:\/*)?postgres\w*:/i.test(path)) return;
  const message = isText
    ? 'path is an address of PostgreSQL, and this is the store in an SQLite file.'
    : 'path is missing: it must be the path of a file, or :memory:.';
  throw new FiscalError({ code: 'config.path', message, retryable: false });
}

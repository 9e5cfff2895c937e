import type { LedgerStore } from '../ledger-store.js';
import { assertPath, createSqliteStore, type SqliteStoreSettings } from './create-sqlite-store.js';
import { inMemory } from './open-engine.js';
import { openingError } from './opening-error.js';
import { ReaderInEngine } from './reader-in-engine.js';
import { SqliteStore } from './sqlite-store.js';
import { openEngineThread } from './thread/engine-in-thread.js';
import { ReaderInThread } from './thread/reader-in-thread.js';

/**
 * Opens the ledger in an SQLite file, in a thread of its own: this thread goes on with other work while a commit waits for the
 * disk. A ledger in memory, or with a clock of the caller's, stays in this thread. Rejects as `createSqliteStore` throws, and with
 * `ledger.bundled` where a bundler has taken this package in.
 */
export async function openSqliteStore(settings: SqliteStoreSettings): Promise<LedgerStore> {
  const { path, clock, elapsed } = settings;
  assertPath(path);
  if (path === inMemory || clock || elapsed) return createSqliteStore(settings);
  const engine = await openEngineThread(path).catch((error: unknown) =>
    Promise.reject(openingError(path, error)),
  );
  const without = new ReaderInEngine(engine);
  return new SqliteStore(engine, { path, reader: new ReaderInThread({ path, without }) });
}

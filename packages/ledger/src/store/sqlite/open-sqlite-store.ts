import type { LedgerStore } from '../ledger-store.js';
import type { SqliteStoreSettings } from './create-sqlite-store.js';
import { SqliteStore } from './sqlite-store.js';
import { openEngineThread } from './thread/engine-in-thread.js';

/**
 * Opens the ledger in an SQLite file, in a thread of its own: this thread goes on with other work while a commit waits for the
 * disk. Rejects as `createSqliteStore` throws.
 */
export async function openSqliteStore({ path }: Pick<SqliteStoreSettings, 'path'>): Promise<LedgerStore> {
  return new SqliteStore(await openEngineThread(path));
}

import { createSqliteStore, type LedgerStore, type SqliteStoreSettings } from '@fiscalkit/ledger';

const defaultPath = 'data/fiscal.sqlite';

/**
 * Keeps the ledger in an SQLite file, `data/fiscal.sqlite` when no path is given; `:memory:` for one that ends with the process.
 * One process may have the file open: for a second, the module fails to start with the code `ledger.in-use`.
 */
export function sqlite(settings: Partial<SqliteStoreSettings> = {}): () => LedgerStore {
  return () => createSqliteStore({ path: defaultPath, ...settings });
}

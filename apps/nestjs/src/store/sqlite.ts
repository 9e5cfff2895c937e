import { type LedgerStore, openSqliteStore, type SqliteStoreSettings } from '@fiscalkit/ledger';

const defaultPath = 'data/fiscal.sqlite';

/**
 * Keeps the ledger in an SQLite file, `data/fiscal.sqlite` when no path is given; `:memory:` for one that
 * ends with the process. One process may have the file open: for a second, the module fails to start with the
 * code `ledger.in-use`. A file is opened in a thread of its own, so that no request waits for another's
 * commit; a ledger in memory, or with a clock of yours, in this one.
 */
export function sqlite(settings: Partial<SqliteStoreSettings> = {}): () => Promise<LedgerStore> {
  return () => openSqliteStore({ path: defaultPath, ...settings });
}

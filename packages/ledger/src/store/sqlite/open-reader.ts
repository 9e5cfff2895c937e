import { DatabaseSync } from 'node:sqlite';

const busyMs = 2_000;

/** Memory for pages of indexes, in KiB. */
const cacheKibibytes = 8_192;

/** Opens a ledger that a writer has open beside it, for reading only. */
export function openReader(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  database.exec(`PRAGMA cache_size = -${cacheKibibytes}; PRAGMA temp_store = MEMORY`);
  return database;
}

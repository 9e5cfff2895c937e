import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isFiscalError } from '@fiscalkit/schemas';
import { currentVersion, versionOf } from '../../store/sqlite/migrate.js';
import { prepareQuery } from '../../store/sqlite/query.js';
import { ledgerUnavailable } from '../../store/unavailable.js';
import { versionTooNew } from '../../store/version-error.js';
import { ledgerMissing } from '../ledger-missing.js';
import { asDamageError } from './damage-error.js';

const busyMs = 5_000;

/** Rows of one entry lie together, but are found by an index that is in no order: it should fit. */
const cacheKibibytes = 65_536;

/**
 * Opens the file of a ledger for reading, beside a process that writes it: as it is at this moment, until it is closed. Throws
 * a `FiscalError`: `ledger.missing`, `ledger.damaged`, `ledger.version` for one of a newer release, `ledger.unavailable`.
 */
export function openForReading(path: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    if (!statSync(path, { throwIfNoEntry: false })) throw ledgerMissing();
    database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
    database.exec(`PRAGMA cache_size = -${cacheKibibytes}; BEGIN`);
    assertLedger(database);
    return database;
  } catch (error) {
    database?.close();
    const known = asDamageError(error);
    throw isFiscalError(known) ? known : ledgerUnavailable(known);
  }
}

/** The first read of a transaction fixes what it sees. */
function assertLedger(database: DatabaseSync): void {
  const tables =
    "SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table' AND name IN ('entries', 'journal')";
  const version = versionOf(database);
  if (prepareQuery<{ count: number }>(database, tables).one()?.count !== 2) throw ledgerMissing();
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
}

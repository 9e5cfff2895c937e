import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isFiscalError } from '@fiscalkit/schemas';
import { ledgerUnavailable } from '../../store/errors.js';
import { assertKnownVersion, currentVersion, versionOf } from '../../store/sqlite/migrations.js';
import { prepareQuery } from '../../store/sqlite/query.js';
import { type AuditSource, ledgerMissing, ledgerOutdated } from '../source.js';
import { asDamageError } from './damage-error.js';
import { SqliteAudit } from './sqlite-audit.js';

/**
 * Opens the ledger in an SQLite file for an audit, as it is at this moment, also beside a gateway. Nothing is
 * written. Throws a `FiscalError`: `ledger.missing` where there is no ledger, `ledger.damaged` for a file
 * that is no database, `ledger.version` or `ledger.unpublished` for a ledger of another release,
 * `ledger.unavailable`.
 */
export function openSqliteAudit(path: string): AuditSource {
  const database = openForReading(path);
  if ((versionOf(database) ?? 0) < currentVersion) {
    database.close();
    throw ledgerOutdated();
  }
  return new SqliteAudit(database);
}

const busyMs = 5_000;

/** Size of the page cache: the index of entry ids, which is read in no order, should fit. */
const cacheKibibytes = 65_536;

/**
 * Opens a ledger's file for reading, as it is at this moment, also beside a process that writes it. Throws a
 * `FiscalError`: `ledger.missing`, `ledger.damaged`, `ledger.version` for one of a newer release,
 * `ledger.unpublished` for one of before the first release, `ledger.unavailable`.
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

/** Throws unless the file holds a ledger; the first read of a transaction fixes what it sees. */
function assertLedger(database: DatabaseSync): void {
  const tables =
    "SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table' AND name IN ('entries', 'journal')";
  if (prepareQuery<{ count: number }>(database, tables).one()?.count !== 2) throw ledgerMissing();
  assertKnownVersion(database);
}

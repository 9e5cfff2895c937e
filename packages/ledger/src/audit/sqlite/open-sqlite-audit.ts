import { currentVersion, versionOf } from '../../store/sqlite/migrate.js';
import type { AuditSource } from '../audit-source.js';
import { ledgerOutdated } from '../ledger-outdated.js';
import { openForReading } from './open-for-reading.js';
import { SqliteAudit } from './sqlite-audit.js';

/**
 * Opens the ledger in an SQLite file to be verified, as it is at this moment; a gateway may be at work on it. Nothing in it is
 * written. Throws a `FiscalError`: `ledger.missing` where there is no ledger, `ledger.damaged` for a file that is no database,
 * `ledger.version` for a ledger of another release, `ledger.unavailable`.
 */
export function openSqliteAudit(path: string): AuditSource {
  const database = openForReading(path);
  if (versionOf(database) < currentVersion) {
    database.close();
    throw ledgerOutdated();
  }
  return new SqliteAudit(database);
}

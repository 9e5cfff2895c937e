import type { DatabaseSync } from 'node:sqlite';
import { ledgerForeign, ledgerUnpublished, versionTooNew } from '../errors.js';
import { inTransaction, prepareQuery } from './query.js';
import { schemaVersion1 } from './schema-version-1.js';

/**
 * The versions of the tables, in order. A published one is never changed: a later one is a step of its own,
 * which only adds tables, columns, indexes, views and triggers.
 */
export const steps: readonly string[] = [schemaVersion1];

/** The version of the tables that this release writes. */
export const currentVersion = steps.length;

/**
 * Marks a file as a ledger of a published version ("fisc"). Files of before the first one have no mark, and
 * numbers of versions of their own.
 */
const applicationId = 0x66697363;

/** The version of the tables; 0 for a file without any, `null` for a ledger of before the first version. */
export function versionOf(database: DatabaseSync): number | null {
  const number = (pragma: string) =>
    Number(prepareQuery<Record<string, number>>(database, `PRAGMA ${pragma}`).one()?.[pragma] ?? 0);
  const version = number('user_version');
  return version !== 0 && number('application_id') !== applicationId ? null : version;
}

/**
 * Throws a `FiscalError` unless this release can bring the tables up to date: `ledger.version` for a ledger
 * that a newer release has written, `ledger.unpublished` for one of before the first version, `ledger.foreign`
 * for tables of something else. Only reads.
 */
export function assertKnownVersion(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version === null) throw ledgerUnpublished();
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
  const tables = prepareQuery<{ count: number }>(database, 'SELECT count(*) AS count FROM sqlite_schema');
  if (version < 1 && tables.one()?.count !== 0) throw ledgerForeign();
}

/** Brings the tables up to date, each step in a transaction of its own. Throws as `assertKnownVersion`. */
export function migrate(database: DatabaseSync, to: readonly string[] = steps): void {
  assertKnownVersion(database);
  const version = versionOf(database) ?? 0;
  to.slice(version).forEach((step, index) => {
    const marks = `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + index + 1}`;
    inTransaction(database, () => database.exec(`${step}; ${marks}`));
  });
}

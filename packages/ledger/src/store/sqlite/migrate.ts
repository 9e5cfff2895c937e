import type { DatabaseSync } from 'node:sqlite';
import { versionTooNew } from '../version-error.js';
import { prepareQuery } from './query.js';
import { schemaVersion1 } from './schema-version-1.js';
import { schemaVersion2 } from './schema-version-2.js';
import { schemaVersion3 } from './schema-version-3.js';
import { schemaVersion4 } from './schema-version-4.js';
import { schemaVersion5 } from './schema-version-5.js';
import { schemaVersion6 } from './schema-version-6.js';
import { inTransaction } from './transaction.js';

/** One step per version of the tables; a step that was released is never changed. */
const steps: readonly string[] = [
  schemaVersion1,
  schemaVersion2,
  schemaVersion3,
  schemaVersion4,
  schemaVersion5,
  schemaVersion6,
];

/** The version of the tables that this release writes. */
export const currentVersion = steps.length;

/** The version of the tables; 0 for a file without any. */
export function versionOf(database: DatabaseSync): number {
  return prepareQuery<{ user_version: number }>(database, 'PRAGMA user_version').one()?.user_version ?? 0;
}

/**
 * Brings the tables up to date, each step in a transaction of its own. Throws a `FiscalError` with code `ledger.version` for
 * a ledger that a newer release has written.
 */
export function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
  steps.slice(version).forEach((step, index) => {
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${version + index + 1}`));
  });
}

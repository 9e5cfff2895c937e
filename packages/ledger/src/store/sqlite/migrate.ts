import type { DatabaseSync } from 'node:sqlite';
import { FiscalError } from '@fiscalkit/schemas';
import { prepareQuery } from './query.js';
import { schemaVersion1 } from './schema-version-1.js';
import { schemaVersion2 } from './schema-version-2.js';
import { inTransaction } from './transaction.js';

/** One step per version of the tables; a step that was released is never changed. */
const steps: readonly string[] = [schemaVersion1, schemaVersion2];

/**
 * Brings the tables up to date, each step in a transaction of its own. Throws a `FiscalError` with code `ledger.version` for
 * a ledger that a newer release has written.
 */
export function migrate(database: DatabaseSync): void {
  const version =
    prepareQuery<{ user_version: number }>(database, 'PRAGMA user_version').one()?.user_version ?? 0;
  if (version > steps.length) {
    throw new FiscalError({
      code: 'ledger.version',
      message: `This ledger has version ${version}; this release reads versions up to ${steps.length}.`,
      retryable: false,
    });
  }
  steps.slice(version).forEach((step, index) => {
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${version + index + 1}`));
  });
}

import type { RestoreWindow } from '../intervention-store.js';
import { checkRestoreWindow } from '../restore-caution.js';
import type { PostgresDatabase } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';

/** Prepares the write that says of what time a restored ledger may know nothing. */
export function prepareDeclareRestored({ schema }: SchemaNames, database: PostgresDatabase) {
  const declare = `SELECT ${schema}.declare_restored($1, $2)`;

  return async (window: RestoreWindow): Promise<void> => {
    checkRestoreWindow(window);
    await database.transaction((run) =>
      run({ text: declare }, [window.since.toISOString(), window.until.toISOString()]),
    );
  };
}

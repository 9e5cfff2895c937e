import type { RestoreWindow } from '../intervention-store.js';
import { checkRestoreWindow } from '../restore-caution.js';
import type { PostgresDatabase } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';

/** Prepares the write that says of what time a restored ledger may know nothing. */
export function prepareDeclareRestored({ schema }: SchemaNames, { run }: PostgresDatabase) {
  const declare = `
    WITH declared AS (
      INSERT INTO ${schema}.restores (declared_at, since, until) VALUES (${schema}.clock(), $1, $2) RETURNING declared_at
    )
    UPDATE ${schema}.deliveries SET last_attempt_at = declared.declared_at FROM declared
    WHERE state IN ('unknown', 'sending')`;

  return async (window: RestoreWindow): Promise<void> => {
    checkRestoreWindow(window);
    await run({ text: declare }, [window.since.toISOString(), window.until.toISOString()]);
  };
}

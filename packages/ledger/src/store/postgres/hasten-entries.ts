import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the call that makes what waits because of an outage due now. What another process is just hastening is left to it. */
export function prepareHasten({ schema }: SchemaNames, run: RunStatement) {
  const hasten = statement(`
    WITH waiting AS (
      SELECT sequence FROM ${schema}.deliveries
      WHERE provider = $1 AND ($2::text[] IS NULL OR account = ANY ($2)) AND due_at > ${schema}.clock() AND worker IS NULL AND outage
      FOR UPDATE SKIP LOCKED
    ), hastened AS (
      UPDATE ${schema}.deliveries AS d SET due_at = ${schema}.clock()
      FROM waiting WHERE d.sequence = waiting.sequence RETURNING 1
    )
    SELECT count(*)::integer AS hastened FROM hastened`);

  return async (provider: string, accounts?: readonly string[]): Promise<number> => {
    const [answer] = await run<{ hastened: number }>(hasten, [provider, accounts ?? null]);
    return answer?.hastened ?? 0;
  };
}

import type { Subscription } from '../../../events/subscription.js';
import type { PostgresDatabase } from '../postgres-database.js';
import type { SchemaNames } from '../schema/schema-names.js';

/** Prepares the write that sets the kinds of handlers. */
export function prepareSubscribe({ schema }: SchemaNames, database: PostgresDatabase) {
  const unsubscribe = `DELETE FROM ${schema}.subscriptions WHERE handler = $1 AND kind <> ALL ($2::text[])`;
  const subscribe = `INSERT INTO ${schema}.subscriptions (kind, handler)
    SELECT DISTINCT unnest($2::text[]), $1 ON CONFLICT DO NOTHING`;
  const dropUnwanted = `DELETE FROM ${schema}.event_deliveries WHERE handler = $1 AND kind <> ALL ($2::text[])`;
  // Also when nothing was dropped: an event that was announced during an earlier drop may still wait for what is gone.
  const wakeSuccessors = `UPDATE ${schema}.event_deliveries AS next SET due_at = ${schema}.clock()
    WHERE next.handler = $1 AND next.due_at IS NULL AND NOT EXISTS (
      SELECT FROM ${schema}.event_deliveries AS earlier
      WHERE earlier.sequence = next.sequence AND earlier.handler = next.handler AND earlier.id < next.id
    )`;

  return (subscriptions: readonly Subscription[]): Promise<void> =>
    database.transaction(async (run) => {
      // In one order, so that processes that start at once don't wait for each other in a circle.
      const inOrder = [...subscriptions].sort((left, right) => (left.handler < right.handler ? -1 : 1));
      for (const { handler, kinds } of inOrder) {
        const values = [handler, [...kinds].sort()];
        await run({ text: unsubscribe }, values);
        await run({ text: subscribe }, values);
        await run({ text: dropUnwanted }, values);
        await run({ text: wakeSuccessors }, [handler]);
      }
    });
}

import type { DatabaseSync } from 'node:sqlite';
import type { Subscription } from '../../../events/subscription.js';
import { prepareQuery } from '../query.js';

/** Prepares the write that sets the kinds of handlers. */
export function prepareSubscribe(database: DatabaseSync) {
  const unsubscribe = prepareQuery(database, 'DELETE FROM subscriptions WHERE handler = :handler');
  const addKind = prepareQuery(database, 'INSERT OR IGNORE INTO subscriptions VALUES (:kind, :handler)');
  const dropUnwanted = prepareQuery(
    database,
    `DELETE FROM event_deliveries WHERE handler = :handler
     AND kind NOT IN (SELECT kind FROM subscriptions WHERE handler = :handler)`,
  );
  const wakeSuccessors = prepareQuery(
    database,
    `UPDATE event_deliveries SET due_at = :now WHERE handler = :handler AND due_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM event_deliveries AS earlier WHERE earlier.sequence = event_deliveries.sequence
       AND earlier.handler = event_deliveries.handler AND earlier.id < event_deliveries.id
     )`,
  );

  return (subscriptions: readonly Subscription[], now: number): void => {
    for (const { handler, kinds } of subscriptions) {
      unsubscribe.run({ handler });
      for (const kind of kinds) addKind.run({ kind, handler });
      if (dropUnwanted.run({ handler }) > 0) wakeSuccessors.run({ handler, now });
    }
  };
}

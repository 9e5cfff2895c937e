import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from '../query.js';

/** Prepares the read of when a handler's next delivery is due. */
export function prepareNextDelivery(database: DatabaseSync) {
  const next = prepareQuery<{ due_at: number | null }>(
    database,
    `SELECT min(due_at) AS due_at FROM event_deliveries WHERE handler = :handler AND due_at IS NOT NULL`,
  );

  return (handler: string, now: number): number | null => {
    const dueAt = next.one({ handler })?.due_at ?? null;
    return dueAt === null ? null : Math.max(0, dueAt - now);
  };
}

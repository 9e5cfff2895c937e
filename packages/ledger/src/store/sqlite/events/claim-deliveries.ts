import type { DatabaseSync } from 'node:sqlite';
import { eventId } from '../../../events/event-id.js';
import type { StoredEvent } from '../../../events/fiscal-event.js';
import type { EntryRow } from '../../entry-row.js';
import type { DeliveryQuery, EventDelivery } from '../../event-store.js';
import { prepareQuery } from '../query.js';
import type { DeliveryRow } from './delivery-row.js';

/** Prepares the write that hands due deliveries to a worker. */
export function prepareClaimDeliveries(database: DatabaseSync) {
  const due = prepareQuery<DeliveryRow>(
    database,
    `SELECT * FROM event_deliveries WHERE handler = :handler AND due_at <= :now
     ORDER BY due_at, id LIMIT :limit`,
  );
  const hold = prepareQuery(
    database,
    `UPDATE event_deliveries SET worker = :worker, fence = :fence, due_at = :leaseEndsAt, attempts = :attempts
     WHERE id = :id`,
  );
  const entryOf = prepareQuery<EntryRow>(database, 'SELECT * FROM entries WHERE sequence = :sequence');

  return ({ handler, limit, leaseMs, worker }: DeliveryQuery, now: number): EventDelivery<EntryRow>[] =>
    due.all({ handler, now, limit }).flatMap((row) => {
      const { id, sequence } = row;
      const entry = entryOf.one({ sequence });
      if (!entry) return [];
      const lease = { fence: row.fence + 1, attempts: row.attempts + 1 };
      hold.run({ id, worker, leaseEndsAt: now + leaseMs, ...lease });
      return [{ id, handler, event: eventOf(row, entry), ...lease }];
    });
}

function eventOf({ kind, version, at }: DeliveryRow, entry: EntryRow): StoredEvent<EntryRow> {
  return { id: eventId(entry.id, version, kind), kind, at: new Date(at), entry };
}

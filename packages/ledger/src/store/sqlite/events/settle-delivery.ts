import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryResult } from '../../event-store.js';
import { prepareQuery } from '../query.js';
import type { DeliveryRow } from './delivery-row.js';

/** Prepares the write of what came of a delivery, under its fence. */
export function prepareSettleDelivery(database: DatabaseSync) {
  const held = prepareQuery<DeliveryRow>(
    database,
    'SELECT * FROM event_deliveries WHERE id = :id AND fence = :fence AND worker IS NOT NULL',
  );
  const postpone = prepareQuery(
    database,
    'UPDATE event_deliveries SET worker = NULL, due_at = :dueAt WHERE id = :id',
  );
  const remove = prepareQuery(database, 'DELETE FROM event_deliveries WHERE id = :id');
  const wakeSuccessor = prepareQuery(
    database,
    `UPDATE event_deliveries SET due_at = :now WHERE id = (
       SELECT min(id) FROM event_deliveries WHERE sequence = :sequence AND handler = :handler
     )`,
  );

  return ({ id, fence, result }: DeliveryResult, now: number): 'written' | 'lease-lost' => {
    const row = held.one({ id, fence });
    if (!row) return 'lease-lost';
    if (result === 'done') {
      remove.run({ id });
      wakeSuccessor.run({ now, sequence: row.sequence, handler: row.handler });
    } else {
      postpone.run({ id, dueAt: now + Math.ceil(result.retryInMs) });
    }
    return 'written';
  };
}

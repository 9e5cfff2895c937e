import type { DatabaseSync } from 'node:sqlite';
import { eventKind, type Happening } from '../../../events/event-kind.js';
import type { EntryRow } from '../../entry-row.js';
import { prepareQuery } from '../query.js';

/** What an event has to say of its entry. */
export type Announced = Pick<EntryRow, 'sequence' | 'operation' | 'version'>;

/** Prepares the write of a delivery to every handler that is subscribed to what happened. */
export function prepareAnnounce(database: DatabaseSync) {
  const addDeliveries = prepareQuery(
    database,
    `INSERT INTO event_deliveries (handler, kind, sequence, version, at, due_at, fence, attempts)
     SELECT handler, kind, :sequence, :version, :now, iif(EXISTS (
       SELECT 1 FROM event_deliveries AS earlier
       WHERE earlier.sequence = :sequence AND earlier.handler = subscriptions.handler
     ), NULL, :now), 0, 0
     FROM subscriptions WHERE kind = :kind`,
  );

  return ({ sequence, operation, version }: Announced, happening: Happening, now: number): void => {
    const kind = eventKind(operation, happening);
    if (kind !== null) addDeliveries.run({ sequence, version, kind, now });
  };
}

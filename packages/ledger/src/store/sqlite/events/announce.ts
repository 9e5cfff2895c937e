import type { DatabaseSync } from 'node:sqlite';
import { eventKind, type Happening } from '../../../events/event-kind.js';
import type { EntryRow } from '../../entry-row.js';
import { prepareQuery } from '../query.js';

/** What an event has to say of its entry. */
export type Announced = Pick<EntryRow, 'sequence' | 'operation' | 'version'>;

/** Prepares the write of a delivery to every handler that is subscribed to what happened. */
export function prepareAnnounce(database: DatabaseSync) {
  // Asked first, and apart: an INSERT that reads the table it writes makes a table for what it found, for every entry and mostly for nothing.
  const subscribed = prepareQuery<{ handler: string }>(
    database,
    'SELECT handler FROM subscriptions WHERE kind = :kind',
  );
  const addDelivery = prepareQuery(
    database,
    `INSERT INTO event_deliveries (handler, kind, sequence, version, at, due_at, fence, attempts)
     VALUES (:handler, :kind, :sequence, :version, :now, iif(EXISTS (
       SELECT 1 FROM event_deliveries AS earlier
       WHERE earlier.sequence = :sequence AND earlier.handler = :handler
     ), NULL, :now), 0, 0)`,
  );

  return ({ sequence, operation, version }: Announced, happening: Happening, now: number): void => {
    const kind = eventKind(operation, happening);
    if (kind === null) return;
    for (const { handler } of subscribed.all({ kind })) {
      addDelivery.run({ handler, kind, sequence, version, now });
    }
  };
}

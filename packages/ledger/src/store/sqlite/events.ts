import type { DatabaseSync } from 'node:sqlite';
import {
  eventId,
  eventKind,
  type FiscalEventKind,
  type Happening,
  type StoredEvent,
  type Subscription,
} from '../../entry/fiscal-event.js';
import type { EntryRow } from '../entry-row.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult, EventDelivery } from '../event-store.js';
import { entryColumns } from './entry-table.js';
import { prepareLogEvent } from './event-log.js';
import { prepareQuery } from './query.js';

/** Prepares what is written for handlers of events. */
export function prepareEventOperations(database: DatabaseSync) {
  return {
    subscribe: prepareSubscribe(database),
    claim: prepareClaimDeliveries(database),
    settle: prepareSettleDelivery(database),
    raise: prepareRaise(database),
  };
}

/** Prepares the write that sets the kinds of handlers. */
function prepareSubscribe(database: DatabaseSync) {
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

/** What an event has to say of its entry. */
export type Announced = Pick<EntryRow, 'sequence' | 'operation' | 'version'>;

/** Prepares the write of a delivery to every handler that is subscribed to what happened. */
export function prepareAnnounce(database: DatabaseSync) {
  // Asked first, and apart: an INSERT that reads the table it writes makes a table for what it found, for
  // every entry and mostly for nothing.
  const subscribed = prepareQuery<{ handler: string }>(
    database,
    'SELECT handler FROM subscriptions WHERE kind = :kind',
  );
  const logEvent = prepareLogEvent(database);
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
    logEvent({ kind, sequence, version }, now);
    for (const { handler } of subscribed.all({ kind })) {
      addDelivery.run({ handler, kind, sequence, version, now });
    }
  };
}

/** Prepares the write that hands due deliveries to a worker. */
function prepareClaimDeliveries(database: DatabaseSync) {
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
  const entryOf = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence = :sequence`,
  );

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

/** A delivery as the table holds it: times in milliseconds. */
export interface DeliveryRow {
  readonly id: number;
  readonly handler: string;
  readonly kind: FiscalEventKind;
  /** The entry that the event is about, and its version when the event happened. */
  readonly sequence: number;
  readonly version: number;
  readonly at: number;
  readonly due_at: number | null;
  /** Who holds the lease, until `due_at`; `null` when nobody does. */
  readonly worker: string | null;
  readonly fence: number;
  readonly attempts: number;
}

/** Prepares the write of what came of a delivery, under its fence. */
function prepareSettleDelivery(database: DatabaseSync) {
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

/** Prepares the write that announces delays, each once per entry. */
function prepareRaise(database: DatabaseSync) {
  const announce = prepareAnnounce(database);
  const whose = `sequence, version, (
       SELECT name FROM entries JOIN names ON number = operation WHERE entries.sequence = deliveries.sequence
     ) AS operation`;
  const raiseUnknown = prepareQuery<Announced>(
    database,
    `UPDATE deliveries SET raised_unknown = 1 WHERE sequence IN (
       SELECT sequence FROM deliveries WHERE state = 'unknown' AND raised_unknown = 0 AND changed_at <= :before
       ORDER BY changed_at LIMIT :limit
     ) RETURNING ${whose}`,
  );
  const raiseOverdue = prepareQuery<Announced>(
    database,
    `UPDATE deliveries SET raised_overdue = 1 WHERE sequence IN (
       SELECT sequence FROM deliveries
       WHERE state NOT IN ('registered', 'rejected') AND raised_overdue = 0 AND accepted_at <= :before
       ORDER BY accepted_at LIMIT :limit
     ) RETURNING ${whose}`,
  );

  return ({ delay, olderThanMs, limit }: DelayQuery, now: number): number => {
    const raise = delay === 'overdue' ? raiseOverdue : raiseUnknown;
    const raised = raise.all({ before: now - olderThanMs, limit });
    for (const entry of raised) announce(entry, delay, now);
    return raised.length;
  };
}

/** Ends the leases of the process that had the ledger before: its handlers may not have come to an end. */
export function recoverDeliveries(database: DatabaseSync, now: number): void {
  const release = 'UPDATE event_deliveries SET worker = NULL, due_at = :now WHERE worker IS NOT NULL';
  prepareQuery(database, release).run({ now });
  const free = 'UPDATE event_readers SET lease_until = NULL WHERE lease_until IS NOT NULL';
  prepareQuery(database, free).run();
}

import { type EventLog, type EventLogRow, eventLogPageOf } from '../event-log.js';
import type { ListConnections } from './list-connections.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase } from './postgres-database.js';
import { statement } from './statement.js';
import type { WakeListener } from './wake-listener.js';

/** Most events that one statement places, or forgets of one merchant. */
const mostPlaced = 1_000;

/** What the log of events works on. */
interface EventLogDependencies {
  readonly names: SchemaNames;
  readonly database: PostgresDatabase;
  readonly lists: ListConnections;
  readonly wakes: WakeListener;
}

/** Prepares the log of events; pages are read on the connections of lists. */
export function prepareEventLog({ names, database, lists, wakes }: EventLogDependencies): EventLog {
  const { schema } = names;
  const write = statement(`SELECT ${schema}.write_events($1)`);
  const place = statement(`SELECT ${schema}.place_events($1) AS events`);
  const forget = statement(`SELECT ${schema}.forget_events($1, $2) AS events`);
  const last = statement(`
    SELECT merchant, ${schema}.last_event(merchant)::double precision AS last FROM unnest($1::text[]) AS merchant`);
  const page = statement(`
    WITH page AS MATERIALIZED (
      SELECT * FROM ${schema}.events WHERE merchant = $1 AND position >= $2::bigint AND at >= $4::bigint
      ORDER BY position LIMIT $3
    )
    SELECT settings.is_written, settings.generation, ${schema}.last_event($1)::double precision AS last, event.*
    FROM ${schema}.event_log_settings AS settings LEFT JOIN (
      SELECT page.position::double precision, page.kind, page.version AS event_version, page.at::double precision,
        rows.id, rows.operation, rows.operation_type, rows.payment_id, rows.state, rows.registration,
        rows.reason::json ->> 'code' AS reason_code
      FROM page JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = page.sequence
    ) AS event ON true
    ORDER BY event.position`);
  const changes = async (...asked: Parameters<PostgresDatabase['run']>): Promise<boolean> => {
    const [answer] = await database.run<{ events: number }>(...asked);
    return (answer?.events ?? 0) >= mostPlaced;
  };

  return {
    async write(isWritten) {
      await database.run(write, [isWritten]);
    },
    place: () => changes(place, [mostPlaced]),
    async read({ merchant, from, limit, since }) {
      const values = [merchant, from, limit, since?.getTime() ?? 0];
      return eventLogPageOf(await lists.slice(() => lists.read<EventLogRow>(page, values)));
    },
    async last(merchants) {
      const rows = await database.read<{ merchant: string; last: number }>(last, [merchants]);
      return new Map(rows.map((row) => [row.merchant, row.last]));
    },
    forget: (olderThanMs) => changes(forget, [olderThanMs, mostPlaced]),
    onPlaced: (listener) => wakes.add(listener, 'events'),
  };
}

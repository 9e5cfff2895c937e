import { eventId, type FiscalEventKind, type Subscription } from '../../entry/fiscal-event.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult, EventDelivery } from '../event-store.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Prepares all that handlers of events need of the store. */
export function prepareEventOperations(names: SchemaNames, database: PostgresDatabase) {
  const { schema } = names;
  const raise = statement(`SELECT ${schema}.raise($1, $2, $3) AS raised`);
  const next = statement(`
    SELECT greatest(0, min(due_at) - ${schema}.clock())::double precision AS due_in_ms
    FROM ${schema}.event_deliveries WHERE handler = $1 AND due_at IS NOT NULL HAVING min(due_at) IS NOT NULL`);

  return {
    subscribe: prepareSubscribe(names, database),
    claim: prepareClaimDeliveries(names, database.run),
    settle: prepareSettleDeliveries(names, database.run),
    async raise({ delay, olderThanMs, limit }: DelayQuery): Promise<number> {
      const [answer] = await database.run<{ raised: number }>(raise, [delay, olderThanMs, limit]);
      return answer?.raised ?? 0;
    },
    async nextInMs(handler: string): Promise<number | null> {
      const [answer] = await database.read<{ due_in_ms: number }>(next, [handler]);
      return answer?.due_in_ms ?? null;
    },
  };
}

/** Prepares the write that sets the kinds of handlers. */
function prepareSubscribe({ schema }: SchemaNames, database: PostgresDatabase) {
  const unsubscribe = `DELETE FROM ${schema}.subscriptions WHERE handler = $1 AND kind <> ALL ($2::text[])`;
  const subscribe = `INSERT INTO ${schema}.subscriptions (kind, handler)
    SELECT DISTINCT unnest($2::text[]), $1 ON CONFLICT DO NOTHING`;
  const dropUnwanted = `DELETE FROM ${schema}.event_deliveries WHERE handler = $1 AND kind <> ALL ($2::text[])`;
  // Also when nothing was dropped: an event that was announced during an earlier drop may still wait for what
  // is gone.
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

/** A delivery, beside the row of its entry. */
interface DeliveryRow extends EntryRow {
  readonly event_id: number;
  readonly event_kind: FiscalEventKind;
  readonly event_version: number;
  readonly event_at: number;
  readonly event_fence: number;
  readonly event_attempts: number;
}

/** Prepares the call that hands due deliveries to a worker. */
function prepareClaimDeliveries({ schema }: SchemaNames, run: RunStatement) {
  const claim = statement(`
    WITH due AS MATERIALIZED (
      SELECT id, due_at FROM ${schema}.event_deliveries
      WHERE handler = $1 AND due_at <= ${schema}.clock()
      ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE ${schema}.event_deliveries AS v SET
        worker = $3, fence = v.fence + 1, attempts = v.attempts + 1,
        due_at = ${schema}.clock() + ceil($4::double precision)::bigint
      FROM due WHERE v.id = due.id
      RETURNING v.*, due.due_at AS was_due_at
    )
    SELECT entry_rows.*, claimed.id::double precision AS event_id, claimed.kind AS event_kind,
      claimed.version AS event_version, claimed.at::double precision AS event_at,
      claimed.fence::double precision AS event_fence, claimed.attempts AS event_attempts
    FROM claimed JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = claimed.sequence
    ORDER BY claimed.was_due_at, claimed.id`);

  return async ({ handler, limit, leaseMs, worker }: DeliveryQuery): Promise<EventDelivery[]> => {
    const rows = await run<DeliveryRow>(claim, [handler, limit, worker, leaseMs]);
    return rows.map((row) => deliveryOf(row, handler));
  };
}

function deliveryOf(row: DeliveryRow, handler: string): EventDelivery {
  const kind = row.event_kind;
  const id = eventId(row.id, row.event_version, kind);
  return {
    id: row.event_id,
    handler,
    event: { id, kind, at: new Date(row.event_at), entry: entryOfRow(row) },
    fence: row.event_fence,
    attempts: row.event_attempts,
  };
}

/** Prepares the shared call that writes what came of deliveries, under their fences. */
function prepareSettleDeliveries({ schema }: SchemaNames, run: RunStatement) {
  const settle = statement(`SELECT settle_events AS id FROM ${schema}.settle_events($1)`);

  return async (results: readonly DeliveryResult[]): Promise<('written' | 'lease-lost')[]> => {
    const rows = await run<{ id: number }>(settle, [JSON.stringify(results.map(resultOf))]);
    const written = new Set(rows.map(({ id }) => id));
    return results.map(({ id }) => (written.has(id) ? 'written' : 'lease-lost'));
  };
}

function resultOf({ id, fence, result }: DeliveryResult): Readonly<Record<string, unknown>> {
  return { id, fence, retry_in_ms: result === 'done' ? null : result.retryInMs };
}

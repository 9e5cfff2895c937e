import { eventId } from '../../../events/event-id.js';
import type { FiscalEventKind } from '../../../events/fiscal-event.js';
import { entryOfRow } from '../../entry-of-row.js';
import type { EntryRow } from '../../entry-row.js';
import type { DeliveryQuery, EventDelivery } from '../../event-store.js';
import type { RunStatement } from '../postgres-database.js';
import type { SchemaNames } from '../schema/schema-names.js';
import { statement } from '../statement.js';

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
export function prepareClaimDeliveries({ schema }: SchemaNames, run: RunStatement) {
  const claim = statement(`
    WITH due AS MATERIALIZED (
      SELECT id, due_at FROM ${schema}.event_deliveries
      WHERE handler = $1 AND due_at <= ${schema}.clock()
      ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE ${schema}.event_deliveries AS v SET
        worker = $3, fence = v.fence + 1, attempts = v.attempts + 1,
        due_at = ${schema}.clock() + $4::double precision * interval '1 millisecond'
      FROM due WHERE v.id = due.id
      RETURNING v.*, due.due_at AS was_due_at
    )
    SELECT entry_rows.*, claimed.id::double precision AS event_id, claimed.kind AS event_kind,
      claimed.version AS event_version, ${schema}.milliseconds(claimed.at) AS event_at,
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

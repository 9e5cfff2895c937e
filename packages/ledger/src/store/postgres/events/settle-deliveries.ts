import type { DeliveryResult } from '../../event-store.js';
import type { RunStatement } from '../postgres-database.js';
import type { SchemaNames } from '../schema/schema-names.js';
import { statement } from '../statement.js';

/** Prepares the shared call that writes what came of deliveries, under their fences. */
export function prepareSettleDeliveries({ schema }: SchemaNames, run: RunStatement) {
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

import { settlementDetails } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Settlement, SettleOutcome } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the shared call that writes results under their fences. */
export function prepareSettle({ schema }: SchemaNames, run: RunStatement) {
  const settle = statement(`SELECT * FROM ${schema}.settle($1)`);

  return async (settlements: readonly Settlement[]): Promise<SettleOutcome[]> => {
    const rows = await run<EntryRow>(settle, [JSON.stringify(settlements.map(resultOf))]);
    const written = new Map(rows.map((row) => [lease(row), row]));
    return settlements.map((settlement) => {
      const row = written.get(lease(settlement));
      return row ? { kind: 'written', entry: entryOfRow(row) } : { kind: 'lease-lost' };
    });
  };
}

function lease({ id, fence }: Pick<EntryRow, 'id' | 'fence'>): string {
  return `${fence}:${id}`;
}

function resultOf({ id, fence, transition }: Settlement): Readonly<Record<string, unknown>> {
  const { to, dueInMs, failures, providerDocumentId, registration, reason } = transition;
  return {
    id,
    fence,
    to_state: to,
    due_in_ms: dueInMs,
    failures,
    provider_document_id: registration?.providerDocumentId ?? providerDocumentId,
    registration: registration && JSON.stringify(registration),
    reason: reason && JSON.stringify(reason),
    reason_code: reason?.code,
    outage: reason?.outage ?? false,
    details: settlementDetails(transition, fence),
  };
}

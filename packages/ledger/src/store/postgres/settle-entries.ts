import { settlementDetails } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Settlement, SettleOutcome } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import { resultFields } from './result-fields.js';
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
  return { id, fence, ...resultFields(transition), details: settlementDetails(transition, fence) };
}

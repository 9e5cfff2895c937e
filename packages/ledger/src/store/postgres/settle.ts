import type { Entry } from '../../entry/entry.js';
import { settlementDetails } from '../../journal/details.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type { Settlement, SettleOutcome } from '../ledger-store.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { resultFields, statement } from './statement.js';

/** Prepares the shared call that writes results under their fences. */
export function prepareSettle({ schema }: SchemaNames, run: RunStatement) {
  const settle = statement(`SELECT * FROM ${schema}.settle($1)`);

  return async (settlements: readonly Settlement[]): Promise<SettleOutcome[]> => {
    const rows = await run<EntryRow>(settle, [JSON.stringify(settlements.map(resultOf))]);
    const written = new Map(rows.map((row) => [lease(row), row]));
    const settled = settlements.map((settlement) => written.get(lease(settlement)));
    const heldBehind = rows.filter((row) => !settled.includes(row)).map(entryOfRow);
    return settled.map((row) => {
      if (!row) return { kind: 'lease-lost' };
      const held = heldBehind.filter((entry) => isBehind(entry, row));
      return { kind: 'written', entry: entryOfRow(row), ...(held.length > 0 && { held }) };
    });
  };
}

function isBehind({ merchant, facets }: Entry, row: EntryRow): boolean {
  return row.state === 'rejected' && merchant === row.merchant && facets.paymentId === row.payment_id;
}

function lease({ id, fence }: Pick<EntryRow, 'id' | 'fence'>): string {
  return `${fence}:${id}`;
}

function resultOf({ id, fence, transition }: Settlement): Readonly<Record<string, unknown>> {
  return { id, fence, ...resultFields(transition), details: settlementDetails(transition, fence) };
}

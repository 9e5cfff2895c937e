import type { Entry } from '../../entry/entry.js';
import { reissueText, settlementDetails } from '../../journal/details.js';
import { type DeliveryRow, entryWithDelivery } from '../entry-row.js';
import type { Settlement, SettleOutcome } from '../ledger-store.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { prepareReads } from './reads.js';
import { resultFields, statement } from './statement.js';

/** How a delivery is now: of the settlement in this place, counted from 1, or of one that is held from now on. */
type WrittenRow = Omit<DeliveryRow, 'registration' | 'reissue' | 'awaits'> & {
  readonly place: number | null;
  readonly sequence: number;
};

/** Prepares the shared call that writes results under their fences. */
export function prepareSettle({ schema }: SchemaNames, run: RunStatement) {
  const settle = statement(
    `SELECT * FROM ${schema}.settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
  );
  const { bySequences } = prepareReads({ schema }, run);

  return async (settlements: readonly Settlement[]): Promise<SettleOutcome[]> => {
    const rows = await run<WrittenRow>(settle, columnsOf(settlements));
    const unread = rows.filter(({ place }) => place === null || !settlements[place - 1]?.entry);
    const read = unread.length > 0 ? await bySequences(unread.map(({ sequence }) => sequence)) : [];
    const others = new Map(unread.map((row, index) => [row, read[index]]));
    const entryOf = (row: WrittenRow) => {
      const settlement = row.place === null ? undefined : settlements[row.place - 1];
      const entry = settlement?.entry ?? others.get(row);
      const { registration, reissue } = settlement?.transition ?? {};
      const now = {
        registration: registration ? JSON.stringify(registration) : null,
        reissue: reissue ? reissueText(reissue) : null,
        awaits: null,
      };
      return entry && entryWithDelivery(entry, { ...row, ...now });
    };
    const heldBehind = rows.flatMap((row) => (row.place === null ? (entryOf(row) ?? []) : []));
    const written = new Map(rows.map((row) => [row.place, row]));
    return settlements.map((_, index) => {
      const row = written.get(index + 1);
      const entry = row && entryOf(row);
      if (!entry) return { kind: 'lease-lost' };
      const held = heldBehind.filter((other) => isBehind(other, entry));
      return { kind: 'written', entry, ...(held.length > 0 && { held }) };
    });
  };
}

function isBehind(held: Entry, { state, merchant, facets }: Entry): boolean {
  return state === 'rejected' && held.merchant === merchant && held.facets.paymentId === facets.paymentId;
}

/** Results as the SQL function `settle` takes them, column by column. */
function columnsOf(settlements: readonly Settlement[]): unknown[] {
  const results = settlements.map(({ id, fence, transition }) => ({
    id,
    fence,
    ...resultFields(transition),
    details: settlementDetails(transition, fence),
  }));
  const column = (value: (result: (typeof results)[number]) => unknown) => results.map(value);
  return [
    column(({ id }) => id),
    column(({ fence }) => fence),
    column((result) => result.to_state),
    column((result) => result.due_in_ms),
    column(({ failures }) => failures),
    column((result) => result.provider_document_id),
    column(({ registration }) => registration),
    column(({ reason }) => reason),
    column((result) => result.reason_code),
    column(({ outage }) => outage),
    column(({ unsent }) => unsent),
    column(({ reissue }) => reissue),
    column(({ details }) => details),
  ];
}

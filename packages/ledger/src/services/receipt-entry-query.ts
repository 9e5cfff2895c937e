import { parseAmount, type ReceiptListQuery, type ReceiptStatus } from '@fiscalkit/schemas';
import { type EntryState, entryStates, wireStatus } from '../entry/entry.js';
import type { EntryQuery } from '../store/ledger-store.js';
import { receiptOperation } from '../store/receipt-reads.js';

export { receiptOperation };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Converts a query of the receipts list to one of the store; days begin at midnight in the given zone. */
export function receiptEntryQuery(
  merchant: string,
  query: ReceiptListQuery,
  utcOffsetHours: number,
): EntryQuery {
  const { 'created_at[gte]': firstDay, 'created_at[lte]': lastDay } = query;
  const startOf = (day: string) => Date.parse(day) - utcOffsetHours * hourMs;
  return {
    merchant,
    operation: receiptOperation,
    offset: query.offset,
    limit: query.limit,
    ...(firstDay !== undefined && { acceptedFrom: new Date(startOf(firstDay)) }),
    ...(lastDay !== undefined && { acceptedBefore: new Date(startOf(lastDay) + dayMs) }),
    ...(query.payment_id !== undefined && { paymentId: query.payment_id }),
    ...(query.operation_type !== undefined && { operationType: query.operation_type }),
    ...(query.status !== undefined && { states: statesOf(query.status) }),
    ...(query.total !== undefined && { totalMinor: parseAmount(query.total) }),
    ...(query.name !== undefined && { positionName: query.name }),
  };
}

function statesOf(status: ReceiptStatus): EntryState[] {
  return entryStates.filter((state) => wireStatus(state) === status);
}

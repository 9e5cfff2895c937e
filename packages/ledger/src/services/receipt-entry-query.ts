import {
  type CorrectionListQuery,
  parseAmount,
  type ReceiptListQuery,
  type ReceiptStatus,
} from '@fiscalkit/schemas';
import { type EntryState, entryStates, wireStatus } from '../entry/entry.js';
import type { EntryQuery } from '../store/ledger-store.js';
import { correctionOperation, receiptOperation } from '../store/receipt-reads.js';

export { correctionOperation, receiptOperation };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** List of a merchant's documents of one operation. */
export interface DocumentList {
  readonly merchant: string;
  readonly operation: string;
  readonly query: ReceiptListQuery | CorrectionListQuery;
}

/** Converts the query of a list to one of the store; days begin at midnight in the given zone. */
export function entryQueryOf(
  { merchant, operation, query }: DocumentList,
  utcOffsetHours: number,
): EntryQuery {
  const { 'created_at[gte]': firstDay, 'created_at[lte]': lastDay } = query;
  const startOf = (day: string) => Date.parse(day) - utcOffsetHours * hourMs;
  return {
    merchant,
    operation,
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

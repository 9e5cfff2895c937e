import { defaultUtcOffsetHours, type ReceiptListQuery } from '@fiscalkit/schemas';
import type { ReceiptRecord } from '../records/receipt-record.js';
import { receiptState } from './receipt-state.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Which receipts of a payment, or of all, a list query asks for; days are those of the zone in `utc`, the last one included. */
export function receiptFilter(query: ReceiptListQuery, now: Date): (record: ReceiptRecord) => boolean {
  const { utc = defaultUtcOffsetHours } = query;
  const from = startOfDay(query['created_at[gte]'], utc) ?? Number.NEGATIVE_INFINITY;
  const lastDay = startOfDay(query['created_at[lte]'], utc) ?? Number.POSITIVE_INFINITY;
  const total = query.total;
  return (record) => {
    const { receipt, createdAt } = record;
    if (createdAt < from || createdAt >= lastDay + dayMs) return false;
    if (query.operation_type !== undefined && receipt.operation_type !== query.operation_type) return false;
    if (query.status !== undefined && receiptState(record, now) !== query.status) return false;
    if (total !== undefined && receipt.total !== total) return false;
    return query.name === undefined || receipt.positions.some(({ name }) => name === query.name);
  };
}

function startOfDay(day: string | undefined, utcOffsetHours: number): number | undefined {
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) - utcOffsetHours * hourMs;
}

import type { ReceiptRecord } from '../records/receipt-record.js';

/** How a receipt is doing at a given time. */
export function receiptState(record: ReceiptRecord, now: Date): 'pending' | 'registered' | 'rejected' {
  const { fate } = record;
  if (fate.kind === 'stays-pending' || now.getTime() < fate.at) return 'pending';
  return fate.kind === 'registers' ? 'registered' : 'rejected';
}

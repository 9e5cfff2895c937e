import { receiptOfEntry } from '../entry/receipt-of-entry.js';
import type { ListedSlice, PrintedSlice } from './list-in-slices.js';
import { listedEntryOfRow } from './listed-row.js';

const encoder = new TextEncoder();

/** Prints what a slice came to as the receipts API does; `created_at` in the zone so many hours from UTC. */
export function printedSlice({ rows, ...slice }: ListedSlice, utcOffsetHours: number): PrintedSlice {
  const receipts = rows.map((row) => JSON.stringify(receiptOfEntry(listedEntryOfRow(row), utcOffsetHours)));
  return { ...slice, count: rows.length, printed: encoder.encode(receipts.join()) };
}

import type { DatabaseSync } from 'node:sqlite';
import { releasedDetails } from '../../entry/sale-rejected.js';
import type { EntryRow } from '../entry-row.js';
import type { EntryTable } from './entry-table.js';
import { isHeldRow, prepareHold } from './hold-entry.js';
import { prepareQuery } from './query.js';
import { prepareSaleState } from './sale-state.js';
import { prepareWake } from './wake-queue.js';

/** Prepares the look at an entry that waits for a sale: it goes on, is held or waits on; answers it if it is held from now on. */
export function prepareReview(database: DatabaseSync, table: EntryTable) {
  const saleState = prepareSaleState(database);
  const hold = prepareHold(database, table);
  const wake = prepareWake(database);

  return (row: EntryRow, now: number): EntryRow | null => {
    const sale = saleState(row);
    if (sale === 'open') return null;
    if (sale === 'rejected') return isHeldRow(row) ? null : hold(row, now);
    const note = isHeldRow(row) ? { at: now, details: releasedDetails } : undefined;
    table.change(row, { awaits: null, ...(note && { reason: null }) }, note);
    wake(row.ordering_key, now);
    return null;
  };
}

/** Prepares the look at all that waits for a receipt of this kind; answers what is held from now on. */
export function prepareReviewAll(database: DatabaseSync, table: EntryTable) {
  const review = prepareReview(database, table);
  const waiting = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE payment_id = :payment_id AND merchant = :merchant AND awaits = :operation_type
     AND operation = :operation AND state = 'accepted' ORDER BY sequence`,
  );
  type Sale = Pick<EntryRow, 'merchant' | 'payment_id' | 'operation' | 'operation_type'>;

  return (sale: Sale, now: number): EntryRow[] => waiting.all(sale).flatMap((row) => review(row, now) ?? []);
}

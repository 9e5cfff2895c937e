import type { DatabaseSync } from 'node:sqlite';
import { heldDetails, saleRejectedReason } from '../../entry/sale-rejected.js';
import type { EntryRow } from '../entry-row.js';
import type { EntryTable } from './entry-table.js';
import { prepareAnnounce } from './events/announce.js';

/** Whether the row's reason is that the sale that it depends on was rejected. */
export function isHeldRow({ reason }: Pick<EntryRow, 'reason'>): boolean {
  return reason !== null && JSON.parse(reason).code === saleRejectedReason.code;
}

/** Prepares the write that says of an entry that waits for a sale that it is held, because that was rejected. */
export function prepareHold(database: DatabaseSync, table: EntryTable) {
  const announce = prepareAnnounce(database);

  return (row: EntryRow, now: number): EntryRow => {
    const reason = JSON.stringify(saleRejectedReason);
    const held = table.change(row, { reason, due_at: null }, { at: now, details: heldDetails });
    announce(held, 'held', now);
    return held;
  };
}

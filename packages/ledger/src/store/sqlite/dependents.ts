import type { DatabaseSync } from 'node:sqlite';
import type { FinalState } from '../../entry/entry.js';
import { saleRejectedReason } from '../../entry/sale-dependency.js';
import { heldDetails, releasedDetails } from '../../journal/details.js';
import type { EntryRow } from '../entry-row.js';
import { type EntryTable, entryColumns } from './entry-table.js';
import { type Announced, prepareAnnounce } from './events.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';
import { queueOf, type Sale, saleOf } from './stored-columns.js';

/** What the end of an entry asks of its row. */
type EndingRow = Announced &
  Pick<EntryRow, 'state' | 'merchant' | 'payment_id' | 'operation_type'> & { readonly queue: number };

/** An entry that has just become final. */
type EndedRow = EndingRow & { readonly state: FinalState };

/**
 * Prepares the writes that follow when an entry has become final: its unique keys are released, handlers
 * notified, its dependents reviewed, the next entry made due. Returns the entries that are held from now on.
 */
export function prepareEnd(database: DatabaseSync, table: EntryTable) {
  const announce = prepareAnnounce(database);
  const releaseUniqueKeys = prepareQuery(database, 'DELETE FROM unique_keys WHERE sequence = :sequence');
  const reviewAll = prepareReviewAll(database, table);
  const wake = prepareWake(database);

  return (row: EndedRow, now: number): EntryRow[] => {
    if (row.state === 'rejected') releaseUniqueKeys.run({ sequence: row.sequence });
    announce(row, row.state, now);
    const held = row.operation_type === null ? [] : reviewAll(row, now);
    wake(row.queue, now);
    return held;
  };
}

export function hasEnded<Row extends EndingRow>(row: Row): row is Row & EndedRow {
  return row.state === 'registered' || row.state === 'rejected';
}

/**
 * Prepares the review of an entry that waits for a sale: it goes on, is held or waits on; returns it if it is
 * held from now on.
 */
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
    wake(queueOf(row.ordering_key), now);
    return null;
  };
}

/** Prepares the review of all that waits for a receipt of this kind; returns what is held from now on. */
function prepareReviewAll(database: DatabaseSync, table: EntryTable) {
  const review = prepareReview(database, table);
  const waiting = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence IN (
       SELECT sequence FROM deliveries WHERE awaits = :sale AND state = 'accepted'
     ) ORDER BY sequence`,
  );

  // Mostly nothing waits for any sale, and the number of one is not for free.
  const anyWaiting = prepareQuery<{ found: 1 }>(
    database,
    'SELECT 1 AS found FROM deliveries INDEXED BY deliveries_awaiting WHERE awaits IS NOT NULL LIMIT 1',
  );

  return (sale: Sale, now: number): EntryRow[] =>
    anyWaiting.one() ? waiting.all({ sale: saleOf(sale) }).flatMap((row) => review(row, now) ?? []) : [];
}

/** Whether the row's reason is that the sale that it depends on was rejected. */
function isHeldRow({ reason }: Pick<EntryRow, 'reason'>): boolean {
  return reason !== null && JSON.parse(reason).code === saleRejectedReason.code;
}

/** Prepares the write that holds an entry that waits for a sale, because that was rejected. */
export function prepareHold(database: DatabaseSync, table: EntryTable) {
  const announce = prepareAnnounce(database);

  return (row: EntryRow, now: number): EntryRow => {
    const reason = JSON.stringify(saleRejectedReason);
    const held = table.change(
      row,
      { reason, due_at: null },
      { at: now, details: heldDetails(saleRejectedReason.code) },
    );
    announce(held, 'held', now);
    return held;
  };
}

/** Prepares the write that makes the first entry of an ordering key due that waits for none any more. */
function prepareWake(database: DatabaseSync) {
  // Entries may have overtaken one that waited for a sale: it goes when none of them is under way.
  const wake = prepareQuery(
    database,
    `UPDATE deliveries AS first SET due_at = :now WHERE due_at IS NULL AND state = 'accepted' AND sequence = (
       SELECT min(sequence) FROM deliveries WHERE queue = :queue
       AND state NOT IN ('registered', 'rejected') AND awaits IS NULL
     ) AND ((SELECT depends_on FROM entries WHERE entries.sequence = first.sequence) IS NULL OR NOT EXISTS (
       SELECT 1 FROM deliveries AS other WHERE other.queue = first.queue
       AND other.sequence <> first.sequence AND other.state NOT IN ('registered', 'rejected') AND other.last_attempt_at IS NOT NULL
     ))`,
  );
  return (queue: number, now: number): void => {
    wake.run({ now, queue });
  };
}

/**
 * State of what an entry depends on: `open` while it may still be registered, `none` where none was accepted.
 */
export type SaleState = 'registered' | 'open' | 'rejected' | 'none';

/** An entry that may depend on others. */
type Dependent = Pick<EntryRow, 'merchant' | 'payment_id' | 'operation' | 'operation_type' | 'depends_on'>;

/**
 * Prepares the look at what an entry depends on; `null` for one that depends on nothing, which costs nothing.
 */
export function prepareSaleState(database: DatabaseSync): (row: Dependent) => SaleState | null {
  const saleState = prepareQuery<{ state: SaleState }>(
    database,
    `SELECT CASE
       WHEN count(*) = 0 THEN 'none'
       WHEN max(state = 'registered') THEN 'registered'
       WHEN max(state <> 'rejected') THEN 'open'
       ELSE 'rejected'
     END AS state
     FROM entries JOIN deliveries USING (sequence)
     WHERE payment_id = :payment_id AND entries.merchant = ${numberOfName('merchant')}
     AND operation = ${numberOfName('operation')} AND operation_type = :depends_on
     -- What is settled by a prepayment is no prepayment.
     AND (:operation_type <> :depends_on OR depends_on IS NULL)`,
  );
  return (row) => (row.depends_on === null ? null : (saleState.one(row)?.state ?? 'none'));
}

/** Prepares the answer whether there is anything that an entry depends on. */
export function prepareKnowsSale(database: DatabaseSync): (row: Dependent) => boolean {
  const saleState = prepareSaleState(database);
  return (row) => saleState(row) !== 'none';
}

import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import { prepareQuery } from './query.js';

/** How it is with what an entry depends on: `open` while it may still be registered, `none` where nothing was handed in. */
export type SaleState = 'registered' | 'open' | 'rejected' | 'none';

/** An entry that may depend on others. */
type Dependent = Pick<EntryRow, 'merchant' | 'payment_id' | 'operation' | 'operation_type' | 'depends_on'>;

/** Prepares the look at what an entry depends on; `null` for one that depends on nothing, which costs nothing. */
export function prepareSaleState(database: DatabaseSync): (row: Dependent) => SaleState | null {
  const look = prepareQuery<{ state: SaleState }>(
    database,
    `SELECT CASE
       WHEN count(*) = 0 THEN 'none'
       WHEN max(state = 'registered') THEN 'registered'
       WHEN max(state <> 'rejected') THEN 'open'
       ELSE 'rejected'
     END AS state
     FROM entries WHERE payment_id = :payment_id AND merchant = :merchant AND operation = :operation
     AND operation_type = :depends_on
     -- What is settled by a prepayment is no prepayment.
     AND (:operation_type <> :depends_on OR depends_on IS NULL)`,
  );
  return (row) => (row.depends_on === null ? null : (look.one(row)?.state ?? 'none'));
}

/** Prepares the answer whether there is anything that an entry depends on. */
export function prepareKnowsSale(database: DatabaseSync): (row: Dependent) => boolean {
  const saleState = prepareSaleState(database);
  return (row) => saleState(row) !== 'none';
}

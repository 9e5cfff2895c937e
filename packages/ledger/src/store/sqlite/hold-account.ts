import type { DatabaseSync } from 'node:sqlite';
import { heldDetails, movedDetails } from '../../journal/journal-details.js';
import { doubtfulCode } from '../../state/is-doubtful.js';
import { keepingEarlier, lastingReason } from '../../state/is-earlier-unknown.js';
import { deliveryColumns, type EntryRow } from '../entry-row.js';
import type { HoldOutcome, HoldQuery } from '../ledger-store.js';
import { attemptedOf } from './attempted-of.js';
import type { ChangeableRow, EntryTable } from './entry-table.js';
import { loseLease } from './lose-lease.js';
import { prepareQuery } from './query.js';

type StrayRow = ChangeableRow &
  Pick<EntryRow, 'due_at'> & { readonly movable: 0 | 1; readonly is_told: 0 | 1 };

/** Prepares the write that moves or holds what is due for an account which nobody delivers to. */
export function prepareHoldAccount(database: DatabaseSync, table: EntryTable) {
  const strays = prepareQuery<StrayRow>(
    database,
    `SELECT * FROM (
       SELECT id, sequence, provider, ${deliveryColumns.join(', ')},
         state <> 'sending' AND :moveTo IS NOT NULL AND (:moves = 'all' OR (
           state = 'accepted' AND attempts = 0 AND first_attempt_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM restores WHERE until > entries.accepted_at)
         )) AS movable,
         coalesce(json_extract(reason, '$.code'), '') IN (:code, '${doubtfulCode}') AS is_told
       FROM entries
       WHERE provider = :provider AND account = :account AND merchant = :merchant AND due_at IS NOT NULL
       AND (:dueBefore IS NULL OR due_at <= :dueBefore) AND (worker IS NULL OR due_at <= :now)
     ) WHERE movable OR NOT is_told OR state = 'sending' LIMIT CAST(:limit AS INTEGER)`,
  );

  return ({ reason, dueForMs, ...query }: HoldQuery, now: number): HoldOutcome => {
    const dueBefore = dueForMs === null ? null : now - dueForMs;
    const rows = strays.all({ ...query, code: reason.code, dueBefore, now });
    let moved = 0;
    for (const { movable, is_told: _told, ...row } of rows) {
      if (movable && query.moveTo !== null) {
        const lasting = lastingReason(attemptedOf(row));
        const change = { account: query.moveTo, reason: lasting && JSON.stringify(lasting) };
        table.change(row, change, { at: now, details: movedDetails(query.moveTo) });
        moved += 1;
      } else {
        const free = row.state === 'sending' ? loseLease(table, row, now) : row;
        const why = keepingEarlier(reason, attemptedOf(free));
        const held = { worker: null, due_at: row.due_at, reason: JSON.stringify(why) };
        table.change(free, held, { at: now, details: heldDetails(reason.code) });
      }
    }
    return { moved, held: rows.length - moved };
  };
}

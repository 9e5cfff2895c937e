import type { DatabaseSync } from 'node:sqlite';
import { doubtfulCode, keepingEarlier, lastingReason } from '../../entry/doubt.js';
import { heldDetails, movedDetails } from '../../journal/details.js';
import { deliveryColumns, type EntryRow } from '../entry-row.js';
import type { Intervention, InterventionOutcome, RestoreWindow } from '../intervention-store.js';
import type { HoldOutcome, HoldQuery } from '../ledger-store.js';
import { checkRestoreWindow, fenceLeap } from '../restore-guard.js';
import { hasEnded, prepareEnd, prepareReview } from './dependents.js';
import {
  attemptedOf,
  type ChangeableRow,
  changeByTransition,
  type EntryTable,
  entryColumns,
  loseLease,
} from './entry-table.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';
import { queueOf, storedId } from './stored-columns.js';

/** Prepares the write of what a person decided. */
export function prepareIntervene(database: DatabaseSync, table: EntryTable) {
  const free = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows
     WHERE stored_id = :id AND version = :version AND (worker IS NULL OR due_at <= :now)`,
  );
  // What was begun goes on: nothing earlier was under way then.
  const before = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM deliveries WHERE queue = :queue AND :lastAttemptAt IS NULL
     AND state NOT IN ('registered', 'rejected') AND awaits IS NULL
     AND (sequence < :sequence OR :dependsOn IS NOT NULL AND sequence > :sequence AND last_attempt_at IS NOT NULL)
     LIMIT 1`,
  );
  const isDone = prepareQuery<{ found: 1 }>(
    database,
    'SELECT 1 AS found FROM batch_entries WHERE batch = :batch AND sequence = :sequence',
  );
  const noteDone = prepareQuery(database, 'INSERT INTO batch_entries VALUES (:batch, :sequence)');
  const end = prepareEnd(database, table);
  const review = prepareReview(database, table);
  const byId = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE stored_id = :id`,
  );

  function waits(row: EntryRow): boolean {
    const { ordering_key, sequence, depends_on: dependsOn, last_attempt_at: lastAttemptAt } = row;
    return before.one({ queue: queueOf(ordering_key), sequence, dependsOn, lastAttemptAt }) !== undefined;
  }

  /** Applies what follows from an intervention; returns the entries that are held from now on. */
  function follow(changed: EntryRow, from: EntryRow['state'], now: number): EntryRow[] {
    const ending = { ...changed, queue: queueOf(changed.ordering_key) };
    if (hasEnded(ending)) return changed.state === from ? [] : end(ending, now);
    const isWaiting = changed.state === 'accepted' && changed.awaits !== null;
    const held = isWaiting ? review(changed, now) : null;
    return held ? [held] : [];
  }

  return (intervention: Intervention, now: number): InterventionOutcome<EntryRow> => {
    const { id, version, transition, details, account } = intervention;
    const row = free.one({ id: storedId(id), version, now });
    if (!row) return { kind: 'changed' };
    if (intervention.batch !== undefined) {
      const done = { batch: storedId(intervention.batch), sequence: row.sequence };
      if (isDone.one(done)) return { kind: 'changed' };
      noteDone.run(done);
    }

    const moved = account === undefined ? {} : { account };
    const change = { ...changeByTransition(transition, row, now), ...moved, fence: row.fence + 1 };
    const isBehind = transition.to === 'accepted' && (change.awaits !== null || waits(row));
    const changed = table.change(row, isBehind ? { ...change, due_at: null } : change, { at: now, details });
    const held = follow(changed, row.state, now);
    return {
      kind: 'written',
      entry: byId.one({ id: storedId(id) }) ?? changed,
      ...(held.length > 0 && { held }),
    };
  };
}

type StrayRow = ChangeableRow &
  Pick<EntryRow, 'due_at'> & { readonly movable: 0 | 1; readonly is_told: 0 | 1 };

/** Prepares the write that moves or holds what is due for an account which nobody delivers to. */
export function prepareHoldAccount(database: DatabaseSync, table: EntryTable) {
  const strays = prepareQuery<StrayRow>(
    database,
    `SELECT * FROM (
       SELECT id, sequence, provider, block, ${deliveryColumns.join(', ')},
         state <> 'sending' AND :moveTo IS NOT NULL AND (:moves = 'all' OR (
           state = 'accepted' AND attempts = 0 AND first_attempt_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM restores WHERE until > entry_rows.accepted_at)
         )) AS movable,
         coalesce(json_extract(reason, '$.code'), '') IN (:code, '${doubtfulCode}') AS is_told
       FROM entry_rows
       WHERE provider_number = ${numberOfName('provider')} AND account_number = ${numberOfName('account')}
       AND merchant_number = ${numberOfName('merchant')} AND due_at IS NOT NULL
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

/** Prepares the declaration of the time that a restored ledger may have lost. */
export function prepareDeclareRestored(database: DatabaseSync) {
  const declare = prepareQuery(database, 'INSERT INTO restores VALUES (:now, :since, :until)');
  const doubtAbsence = prepareQuery(
    database,
    `UPDATE deliveries SET fence = fence + ${fenceLeap},
       last_attempt_at = CASE WHEN state IN ('unknown', 'sending')
         OR state = 'parked' AND last_attempt_at IS NOT NULL THEN :now ELSE last_attempt_at END
     WHERE state NOT IN ('registered', 'rejected')`,
  );

  return (window: RestoreWindow, now: number): void => {
    checkRestoreWindow(window);
    declare.run({ now, since: window.since.getTime(), until: window.until.getTime() });
    doubtAbsence.run({ now });
  };
}

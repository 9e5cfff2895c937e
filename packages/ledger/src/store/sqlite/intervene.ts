import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import type { Intervention, InterventionOutcome } from '../intervention-store.js';
import { changeByTransition } from './change-by-transition.js';
import { hasEnded, prepareEnd } from './end-entry.js';
import type { EntryTable } from './entry-table.js';
import { prepareQuery } from './query.js';
import { prepareReview } from './review-waiting.js';

/** Prepares the write of what a person decided. */
export function prepareIntervene(database: DatabaseSync, table: EntryTable) {
  const free = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE id = :id AND version = :version AND (worker IS NULL OR due_at <= :now)`,
  );
  // What was begun goes on: nothing earlier was under way then.
  const before = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE ordering_key = :orderingKey AND :lastAttemptAt IS NULL
     AND state NOT IN ('registered', 'rejected') AND awaits IS NULL
     AND (sequence < :sequence OR :dependsOn IS NOT NULL AND sequence > :sequence AND last_attempt_at IS NOT NULL)
     LIMIT 1`,
  );
  const end = prepareEnd(database, table);
  const review = prepareReview(database, table);
  const byId = prepareQuery<EntryRow>(database, 'SELECT * FROM entries WHERE id = :id');

  function waits(row: EntryRow): boolean {
    const {
      ordering_key: orderingKey,
      sequence,
      depends_on: dependsOn,
      last_attempt_at: lastAttemptAt,
    } = row;
    return before.one({ orderingKey, sequence, dependsOn, lastAttemptAt }) !== undefined;
  }

  /** What follows from the act: answers the entries that are held from now on. */
  function follow(changed: EntryRow, from: EntryRow['state'], now: number): EntryRow[] {
    if (hasEnded(changed)) return changed.state === from ? [] : end(changed, now);
    const isWaiting = changed.state === 'accepted' && changed.awaits !== null;
    const held = isWaiting ? review(changed, now) : null;
    return held ? [held] : [];
  }

  return (intervention: Intervention, now: number): InterventionOutcome<EntryRow> => {
    const { id, version, transition, details } = intervention;
    const row = free.one({ id, version, now });
    if (!row) return { kind: 'changed' };

    const change = { ...changeByTransition(transition, row, now), fence: row.fence + 1 };
    const isBehind = transition.to === 'accepted' && (change.awaits !== null || waits(row));
    const changed = table.change(row, isBehind ? { ...change, due_at: null } : change, { at: now, details });
    const held = follow(changed, row.state, now);
    return { kind: 'written', entry: byId.one({ id }) ?? changed, ...(held.length > 0 && { held }) };
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import type { Intervention, InterventionOutcome } from '../intervention-store.js';
import { changeByTransition } from './change-by-transition.js';
import { hasEnded, prepareEnd } from './end-entry.js';
import type { EntryTable } from './entry-table.js';
import { prepareQuery } from './query.js';

/** Prepares the write of what a person decided. */
export function prepareIntervene(database: DatabaseSync, table: EntryTable) {
  const free = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE id = :id AND version = :version AND (worker IS NULL OR due_at <= :now)`,
  );
  const earlier = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE ordering_key = :orderingKey
     AND sequence < :sequence AND state NOT IN ('registered', 'rejected') LIMIT 1`,
  );
  const end = prepareEnd(database);

  function waits({ ordering_key: orderingKey, sequence }: EntryRow): boolean {
    return earlier.one({ orderingKey, sequence }) !== undefined;
  }

  return (intervention: Intervention, now: number): InterventionOutcome<EntryRow> => {
    const { id, version, transition, details } = intervention;
    const row = free.one({ id, version, now });
    if (!row) return { kind: 'changed' };

    const change = { ...changeByTransition(transition, row, now), fence: row.fence + 1 };
    const inTurn = transition.to === 'accepted' && waits(row) ? { ...change, due_at: null } : change;
    const changed = table.change(row, inTurn, { at: now, details });
    if (changed.state !== row.state && hasEnded(changed)) end(changed, now);
    return { kind: 'written', entry: changed };
  };
}

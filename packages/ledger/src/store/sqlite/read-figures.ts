import type { DatabaseSync } from 'node:sqlite';
import { saleRejectedReason } from '../../entry/sale-rejected.js';
import { type EntryCount, entriesByState, unfinishedByProvider } from '../entry-count.js';
import type { StoreFigures } from '../ledger-store.js';
import { prepareQuery } from './query.js';

/** What counts as late. */
export interface FiguresQuery {
  readonly overdueAfterMs: number;
  readonly unknownForLongMs: number;
}

/** Prepares the read of what waits; it looks at counters and unfinished entries only. */
export function prepareFigures(database: DatabaseSync) {
  const counts = prepareQuery<EntryCount>(
    database,
    'SELECT provider, state, entries FROM counts WHERE entries > 0',
  );
  const due = prepareQuery<{ due: number }>(
    database,
    'SELECT count(*) AS due FROM entries WHERE due_at IS NOT NULL AND due_at <= :now',
  );
  const oldest = prepareQuery<{ oldest: number | null }>(
    database,
    `SELECT min(accepted_at) AS oldest FROM entries WHERE state NOT IN ('registered', 'rejected')`,
  );
  const overdue = prepareQuery<{ overdue: number }>(
    database,
    `SELECT count(*) AS overdue FROM entries
     WHERE state NOT IN ('registered', 'rejected') AND accepted_at <= :before`,
  );

  const unknown = prepareQuery<{ unknown: number }>(
    database,
    `SELECT count(*) AS unknown FROM entries WHERE state = 'unknown' AND changed_at <= :before`,
  );

  const held = prepareQuery<{ held: number }>(
    database,
    `SELECT count(*) AS held FROM entries
     WHERE awaits IS NOT NULL AND state = 'accepted' AND json_extract(reason, '$.code') = '${saleRejectedReason.code}'`,
  );
  const restored = prepareQuery<{ until: number | null }>(
    database,
    'SELECT max(until) AS until FROM restores WHERE until > :now',
  );

  return ({ overdueAfterMs, unknownForLongMs }: FiguresQuery, now: number): StoreFigures => {
    const rows = counts.all();
    const oldestAt = oldest.one()?.oldest ?? null;
    const until = restored.one({ now })?.until ?? null;
    return {
      byState: entriesByState(rows),
      unfinishedByProvider: unfinishedByProvider(rows),
      due: due.one({ now })?.due ?? 0,
      oldestUnfinishedAt: oldestAt === null ? null : new Date(Math.min(oldestAt, now)),
      overdue: overdue.one({ before: now - overdueAfterMs })?.overdue ?? 0,
      unknownForLong: unknown.one({ before: now - unknownForLongMs })?.unknown ?? 0,
      held: held.one()?.held ?? 0,
      restoredUntil: until === null ? null : new Date(until),
    };
  };
}

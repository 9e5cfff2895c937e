import type { DatabaseSync } from 'node:sqlite';
import type { DelayQuery } from '../../event-store.js';
import { prepareQuery } from '../query.js';
import { type Announced, prepareAnnounce } from './announce.js';

/** Prepares the write that announces delays, each once per entry. */
export function prepareRaise(database: DatabaseSync) {
  const announce = prepareAnnounce(database);
  const raiseUnknown = prepareQuery<Announced>(
    database,
    `UPDATE entries SET raised_unknown = 1 WHERE sequence IN (
       SELECT sequence FROM entries WHERE state = 'unknown' AND raised_unknown = 0 AND changed_at <= :before
       ORDER BY changed_at LIMIT :limit
     ) RETURNING sequence, operation, version`,
  );
  const raiseOverdue = prepareQuery<Announced>(
    database,
    `UPDATE entries SET raised_overdue = 1 WHERE sequence IN (
       SELECT sequence FROM entries
       WHERE state NOT IN ('registered', 'rejected') AND raised_overdue = 0 AND accepted_at <= :before
       ORDER BY accepted_at LIMIT :limit
     ) RETURNING sequence, operation, version`,
  );

  return ({ delay, olderThanMs, limit }: DelayQuery, now: number): number => {
    const raise = delay === 'overdue' ? raiseOverdue : raiseUnknown;
    const raised = raise.all({ before: now - olderThanMs, limit });
    for (const entry of raised) announce(entry, delay, now);
    return raised.length;
  };
}

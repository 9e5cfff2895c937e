import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.js';

const longestMs = 10_000;

/**
 * Cuts waits that an earlier process began: its clock may have been ahead of ours by hours, and then so are the times that it
 * left. To try a little early costs a call.
 */
export function shortenWaits(database: DatabaseSync, now: number): void {
  for (const table of ['entries', 'event_deliveries']) {
    const shorten = `UPDATE ${table} SET due_at = :latest WHERE due_at > :latest`;
    prepareQuery(database, shorten).run({ latest: now + longestMs });
  }
}

import type { DatabaseSync } from 'node:sqlite';
import { saleRejectedReason } from '../../entry/sale-rejected.js';
import { nextVersionKey } from '../../interventions/next-version-key.js';
import type { EntryRow } from '../entry-row.js';
import type { StuckQuery } from '../intervention-store.js';
import { urgentReasons } from '../urgent-reasons.js';
import { prepareQuery } from './query.js';

/** Prepares the read of the entries that wait for a person; it looks at what is rejected or unfinished only. */
export function prepareListStuck(database: DatabaseSync) {
  const wanted = `(:merchant IS NULL OR merchant = :merchant)
    AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))`;
  // A time that is yet to come was noted by a wrong clock.
  const isUrgent = `(state = 'parked' OR accepted_at <= :before OR accepted_at > :now
    OR json_extract(reason, '$.code') IN ${urgentReasons}
    OR awaits IS NOT NULL AND json_extract(reason, '$.code') = '${saleRejectedReason.code}')`;
  const stuck = prepareQuery<EntryRow>(
    database,
    `SELECT entries.* FROM (
       SELECT sequence, changed_at FROM entries AS rejected WHERE state = 'rejected' AND ${wanted} AND NOT EXISTS (
         SELECT 1 FROM entries AS newer
         WHERE newer.merchant = rejected.merchant AND newer.idempotency_key = '${nextVersionKey('')}' || rejected.id
       )
       UNION ALL
       SELECT sequence, changed_at FROM entries
       WHERE state NOT IN ('registered', 'rejected') AND ${isUrgent} AND ${wanted}
       ORDER BY changed_at, sequence LIMIT :limit OFFSET :offset
     ) AS page CROSS JOIN entries USING (sequence) ORDER BY page.changed_at, sequence`,
  );

  return ({ merchant, states, olderThanMs, offset, limit }: StuckQuery, now: number): EntryRow[] =>
    stuck.all({
      merchant: merchant ?? null,
      states: states ? JSON.stringify(states) : null,
      before: now - olderThanMs,
      now,
      offset,
      limit,
    });
}

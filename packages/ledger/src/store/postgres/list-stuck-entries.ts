import type { Entry } from '../../entry/entry.js';
import { saleRejectedReason } from '../../entry/sale-rejected.js';
import { nextVersionKey } from '../../interventions/next-version-key.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { StuckQuery } from '../intervention-store.js';
import { urgentReasons } from '../urgent-reasons.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the read of the entries that wait for a person; it looks at what is rejected or unfinished only. */
export function prepareListStuck({ schema }: SchemaNames, read: RunStatement) {
  const candidates = `SELECT d.sequence, d.changed_at
    FROM ${schema}.deliveries AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence
    WHERE ($1::text IS NULL OR e.merchant = $1) AND ($2::text[] IS NULL OR d.state = ANY ($2))`;
  // A time that is yet to come was noted by a wrong clock.
  const stuck = statement(`
    WITH page AS (
      (
        ${candidates} AND d.state = 'rejected' AND NOT EXISTS (
          SELECT FROM ${schema}.names AS n
          WHERE n.name = '${nextVersionKey('')}' || e.id AND n.kind = 'key' AND n.merchant = e.merchant
        )
        ORDER BY d.changed_at, d.sequence LIMIT $4::bigint + $5::bigint
      )
      UNION ALL
      (
        ${candidates} AND d.state NOT IN ('registered', 'rejected') AND (
          d.state = 'parked' OR d.awaits IS NOT NULL AND d.reason_code = '${saleRejectedReason.code}'
          OR d.reason_code IN ${urgentReasons} OR d.accepted_at > clock_timestamp()
          OR d.accepted_at <= clock_timestamp() - $3::double precision * interval '1 millisecond'
        )
        ORDER BY d.changed_at, d.sequence LIMIT $4::bigint + $5::bigint
      )
      ORDER BY changed_at, sequence LIMIT $4 OFFSET $5
    )
    SELECT entry_rows.* FROM page JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = page.sequence
    ORDER BY page.changed_at, page.sequence`);

  return async ({ merchant, states, olderThanMs, offset, limit }: StuckQuery): Promise<Entry[]> => {
    const rows = await read<EntryRow>(stuck, [merchant ?? null, states ?? null, olderThanMs, limit, offset]);
    return rows.map(entryOfRow);
  };
}

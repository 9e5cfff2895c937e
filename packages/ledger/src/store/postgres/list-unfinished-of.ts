import type { Entry } from '../../entry/entry.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { AccountEntriesQuery } from '../intervention-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the read of the entries of an account that are not final. */
export function prepareUnfinishedOf({ schema }: SchemaNames, read: RunStatement) {
  const unfinished = statement(`
    WITH page AS (
      SELECT d.sequence, d.accepted_at FROM ${schema}.deliveries AS d
      WHERE d.state NOT IN ('registered', 'rejected') AND d.account = $1 AND ($2::text IS NULL OR d.merchant = $2)
      AND (d.accepted_at, d.sequence) > (coalesce($3::timestamptz, '-infinity'), $4::bigint)
      ORDER BY d.accepted_at, d.sequence LIMIT $5
    )
    SELECT entry_rows.* FROM page JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = page.sequence
    ORDER BY page.accepted_at, page.sequence`);

  return async ({ account, merchant, after, limit }: AccountEntriesQuery): Promise<Entry[]> => {
    const from = [after?.acceptedAt.toISOString() ?? null, after?.sequence ?? 0];
    const rows = await read<EntryRow>(unfinished, [account, merchant ?? null, ...from, limit]);
    return rows.map(entryOfRow);
  };
}

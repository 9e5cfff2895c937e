import { saleRejectedReason } from '../../entry/sale-rejected.js';
import { type EntryCount, entriesByState, unfinishedByProvider } from '../entry-count.js';
import type { StoreFigures } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

interface Waiting {
  readonly due: number;
  readonly oldest: number | null;
  readonly overdue: number;
  readonly unknown_for_long: number;
  readonly held: number;
  readonly restored_until: number | null;
}

/** Prepares the read of what waits; it looks at counters and unfinished entries only. */
export function prepareFigures({ schema }: SchemaNames, read: RunStatement) {
  const counts = statement(`
    SELECT provider, state, count(*)::double precision AS entries FROM ${schema}.deliveries
    WHERE state NOT IN ('registered', 'rejected') GROUP BY provider, state
    UNION ALL
    SELECT provider, state, sum(entries)::double precision FROM ${schema}.finished GROUP BY provider, state`);
  const waiting = statement(`
    SELECT
      count(*) FILTER (WHERE due_at <= clock_timestamp())::double precision AS due,
      ${schema}.milliseconds(min(least(accepted_at, clock_timestamp()))) AS oldest,
      count(*) FILTER (
        WHERE accepted_at <= clock_timestamp() - $1::double precision * interval '1 millisecond'
      )::double precision AS overdue,
      count(*) FILTER (
        WHERE state = 'unknown'
        AND changed_at <= clock_timestamp() - $2::double precision * interval '1 millisecond'
      )::double precision AS unknown_for_long,
      count(*) FILTER (
        WHERE state = 'accepted' AND awaits IS NOT NULL AND reason_code = '${saleRejectedReason.code}'
      )::double precision AS held,
      (SELECT ${schema}.milliseconds(max(until)) FROM ${schema}.restores WHERE until > clock_timestamp()) AS restored_until
    FROM ${schema}.deliveries WHERE state NOT IN ('registered', 'rejected')`);

  return async (overdueAfterMs: number, unknownForLongMs: number): Promise<StoreFigures> => {
    const [rows, [now]] = await Promise.all([
      read<EntryCount>(counts),
      read<Waiting>(waiting, [overdueAfterMs, unknownForLongMs]),
    ]);
    const oldestAt = now?.oldest ?? null;
    const until = now?.restored_until ?? null;
    return {
      byState: entriesByState(rows),
      unfinishedByProvider: unfinishedByProvider(rows),
      due: now?.due ?? 0,
      oldestUnfinishedAt: oldestAt === null ? null : new Date(oldestAt),
      overdue: now?.overdue ?? 0,
      unknownForLong: now?.unknown_for_long ?? 0,
      held: now?.held ?? 0,
      restoredUntil: until === null ? null : new Date(until),
    };
  };
}

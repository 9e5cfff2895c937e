import type { Entry } from '../../entry/entry.js';
import type {
  BatchEntriesQuery,
  BatchProgress,
  BatchStore,
  FilteredEntries,
  FinalEntries,
} from '../batch-store.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type { ListConnections } from './list-connections.js';
import type { SchemaNames } from './migrations/schema-names.js';
import { statement } from './statement.js';

/** Newest entries of the ledger among which final ones are counted. */
const mostLooked = 10_000;

/** What the reads work on. */
interface BatchDependencies {
  readonly names: SchemaNames;
  readonly lists: ListConnections;
}

/** Prepares the reads of acts on many entries, on the connections of lists. */
export function prepareBatches({ names: { schema }, lists }: BatchDependencies): BatchStore {
  const ofEntry = (column: string) =>
    `(SELECT e.${column} FROM ${schema}.entries AS e WHERE e.sequence = d.sequence)`;
  const matches = `($1::text[] IS NULL OR d.merchant = ANY ($1)) AND ($2::text IS NULL OR d.merchant = $2)
    AND ($3::text IS NULL OR d.provider = $3) AND ($4::text IS NULL OR d.account = $4)
    AND ($5::text IS NULL OR ${ofEntry('operation')} = $5)
    AND ($6::text IS NULL OR ${ofEntry('operation_type')} = $6)
    AND ($7::text IS NULL OR d.reason_code = $7)
    AND ($8::${schema}.entry_state[] IS NULL OR d.state = ANY ($8))
    AND ($9::bigint IS NULL OR d.accepted_at >= $9) AND ($10::bigint IS NULL OR d.accepted_at < $10)`;
  // In the order of their index, which has them apart.
  const some = (condition: string) => `
      SELECT d.sequence, d.accepted_at FROM ${schema}.deliveries AS d
      WHERE NOT d.is_final AND ${condition} AND (d.accepted_at, d.sequence) > ($11::bigint, $12::bigint) AND ${matches}
      AND NOT EXISTS (
        SELECT FROM ${schema}.batch_entries AS b WHERE b.batch = $13::uuid AND b.sequence = d.sequence
      )
      ORDER BY d.accepted_at, d.sequence LIMIT $14`;
  const unfinished = statement(`
    WITH page AS (
      (${some('NOT d.raised_overdue')}) UNION ALL (${some('d.raised_overdue')}) ORDER BY accepted_at, sequence LIMIT $14
    )
    SELECT entry_rows.* FROM page JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = page.sequence
    ORDER BY page.accepted_at, page.sequence`);
  const final = statement(`
    SELECT count(*) FILTER (WHERE d.state = 'registered' AND ${matches})::double precision AS registered,
      count(*) FILTER (WHERE d.state = 'rejected' AND ${matches})::double precision AS rejected,
      count(*)::double precision AS looked
    FROM (SELECT * FROM ${schema}.deliveries ORDER BY sequence DESC LIMIT ${mostLooked}) AS d`);
  const progress = statement(`
    SELECT d.accepted_at::double precision, d.sequence::double precision, count(*) OVER ()::double precision AS acted
    FROM ${schema}.batch_entries AS b JOIN ${schema}.deliveries AS d ON d.sequence = b.sequence
    WHERE b.batch = $1::uuid ORDER BY d.accepted_at DESC, d.sequence DESC LIMIT 1`);

  return {
    async unfinished({ batch, after, limit, ...query }: BatchEntriesQuery): Promise<Entry[]> {
      const from = [after?.acceptedAt.getTime() ?? Number.MIN_SAFE_INTEGER, after?.sequence ?? 0];
      const rows = await lists.slice(() =>
        lists.read<EntryRow>(unfinished, [...valuesOf(query), ...from, batch, limit]),
      );
      return rows.map(entryOfRow);
    },
    async countFinal(query: FilteredEntries): Promise<FinalEntries> {
      const [row] = await lists.slice(() => lists.read<FinalRow>(final, valuesOf(query)));
      const { registered = 0, rejected = 0, looked = 0 } = row ?? {};
      return { states: { registered, rejected }, isAll: looked < mostLooked };
    },
    async progress(batch: string): Promise<BatchProgress> {
      const [row] = await lists.read<ProgressRow>(progress, [batch]);
      if (!row) return { acted: 0, last: null };
      return { acted: row.acted, last: { acceptedAt: new Date(row.accepted_at), sequence: row.sequence } };
    },
  };
}

interface FinalRow {
  readonly registered: number;
  readonly rejected: number;
  readonly looked: number;
}

interface ProgressRow {
  readonly accepted_at: number;
  readonly sequence: number;
  readonly acted: number;
}

function valuesOf({ filter, merchants }: FilteredEntries): unknown[] {
  return [
    merchants ?? null,
    filter.merchant ?? null,
    filter.provider ?? null,
    filter.account ?? null,
    filter.operation ?? null,
    filter.operationType ?? null,
    filter.reason ?? null,
    filter.states ?? null,
    filter.acceptedFrom?.getTime() ?? null,
    filter.acceptedBefore?.getTime() ?? null,
  ];
}

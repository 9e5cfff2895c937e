import type { Entry } from '../../entry/entry.js';
import { urgentReasons } from '../../entry/needs-attention.js';
import { nextVersionKey } from '../../entry/operator-action.js';
import { type Dependent, saleDependency, saleRejectedReason } from '../../entry/sale-dependency.js';
import type { JournalRow } from '../../journal/journal-row.js';
import { type EntryCount, entriesByState, unfinishedByProvider } from '../entry-count.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type { AccountEntriesQuery, StuckQuery } from '../intervention-store.js';
import { type JournalTableRow, journalRowOf } from '../journal-table-row.js';
import type { BacklogName, PaymentName, StoreFigures, Wait } from '../ledger-store.js';
import { prepareIndexLag } from './entry-index.js';
import { entryKey } from './entry-numbers.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Prepares the reads of single entries and what belongs to them. */
export function prepareReads({ schema }: Pick<SchemaNames, 'schema'>, read: RunStatement) {
  const byId = statement(`SELECT * FROM ${schema}.entry_rows WHERE id = $1 AND merchant = $2`);
  const byIdAlone = statement(`SELECT * FROM ${schema}.entry_rows WHERE id = $1`);
  const byKey = statement(`
    SELECT entry_rows.* FROM ${schema}.entries JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = entries.sequence
    WHERE entries.key = $1`);
  const bySequence = statement(`SELECT * FROM ${schema}.entry_rows WHERE raw_sequence = ANY ($1::bigint[])`);
  const byPayment = statement(`
    SELECT * FROM ${schema}.entry_rows WHERE raw_sequence IN (
      SELECT e.sequence FROM ${schema}.entries AS e WHERE e.payment_id = $1 AND e.merchant = $2 AND e.operation = $3
      ORDER BY e.sequence LIMIT $4
    ) ORDER BY raw_sequence`);
  // Entries with the same ordering key are of the same payment, and by that they are found.
  const bound = statement(`
    SELECT provider_document_id AS id FROM ${schema}.entry_rows
    WHERE payment_id = $1 AND ordering_key = $2 AND provider_document_id IS NOT NULL AND raw_sequence <> $3`);
  const journal = statement(`
    SELECT position::double precision, entry_id, version, at::double precision, from_state::text, to_state::text,
      details, encode(hash, 'hex') AS hash
    FROM ${schema}.journal WHERE entry_id = $1 ORDER BY version`);
  const knowsSale = statement(`SELECT ${schema}.sale_state($1, $2, $3, $4) IS NOT NULL AS known`);

  return {
    async get(merchant: string, id: string): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byId, [id, merchant]);
      return row ? entryOfRow(row) : null;
    },
    async entry(id: string): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byIdAlone, [id]);
      return row ? entryOfRow(row) : null;
    },
    async knowsSale(entry: Dependent): Promise<boolean> {
      const dependsOn = saleDependency(entry);
      if (dependsOn === null) return true;
      const sale = [entry.merchant, entry.facets.paymentId, entry.facets.operationType, dependsOn];
      const [answer] = await read<{ known: boolean }>(knowsSale, sale);
      return answer?.known ?? false;
    },
    async successor({ merchant, id }: Pick<Entry, 'merchant' | 'id'>): Promise<Entry | null> {
      const [row] = await read<EntryRow>(byKey, [entryKey(merchant, nextVersionKey(id))]);
      return row ? entryOfRow(row) : null;
    },
    async ofPayment({ paymentId, merchant, operation }: PaymentName, limit: number): Promise<Entry[]> {
      return (await read<EntryRow>(byPayment, [paymentId, merchant, operation, limit])).map(entryOfRow);
    },
    /** The entries of these sequences, in their order. */
    async bySequences(sequences: readonly number[]): Promise<(Entry | undefined)[]> {
      const rows = await read<EntryRow>(bySequence, [sequences]);
      const found = new Map(rows.map((row) => [row.sequence, entryOfRow(row)]));
      return sequences.map((sequence) => found.get(sequence));
    },
    async boundDocumentIds({ facets, orderingKey, sequence }: Entry): Promise<Set<string>> {
      const rows = await read<{ id: string }>(bound, [facets.paymentId, orderingKey, sequence]);
      return new Set(rows.map(({ id }) => id));
    },
    async journal(id: string): Promise<JournalRow[]> {
      return (await read<JournalTableRow>(journal, [id])).map(journalRowOf);
    },
  };
}

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
  const searchLag = prepareIndexLag(schema, read);
  const counts = statement(`
    SELECT provider, state::text, count(*)::double precision AS entries FROM ${schema}.deliveries
    WHERE NOT is_final GROUP BY provider, state
    UNION ALL
    SELECT provider, state::text, sum(entries)::double precision FROM ${schema}.finished GROUP BY provider, state`);
  const waiting = statement(`
    SELECT
      count(*) FILTER (WHERE coalesce(lease_until, due_at) <= now)::double precision AS due,
      min(least(accepted_at, now))::double precision AS oldest,
      count(*) FILTER (WHERE accepted_at <= now - $1::double precision)::double precision AS overdue,
      count(*) FILTER (
        WHERE state = 'unknown' AND changed_at <= now - $2::double precision
      )::double precision AS unknown_for_long,
      count(*) FILTER (
        WHERE state = 'accepted' AND awaits IS NOT NULL AND reason_code = '${saleRejectedReason.code}'
      )::double precision AS held,
      (SELECT until::double precision FROM ${schema}.restored WHERE until > ${schema}.clock()) AS restored_until
    FROM ${schema}.deliveries, ${schema}.clock() AS now WHERE NOT is_final`);

  return async (overdueAfterMs: number, unknownForLongMs: number): Promise<StoreFigures> => {
    const [searchLagMs, rows, [now]] = await Promise.all([
      searchLag(),
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
      searchLagMs,
      restoredUntil: until === null ? null : new Date(until),
    };
  };
}

/** Prepares the read of when entries are due. */
export function prepareWaiting({ schema }: SchemaNames, read: RunStatement) {
  const columns = `account, merchant, greatest(0, due_at - ${schema}.clock())::double precision AS due_in_ms`;
  const all = statement(`SELECT ${columns} FROM ${schema}.waiting($1)`);
  const some = statement(`SELECT ${columns} FROM ${schema}.waiting_for($1, $2, $3)`);

  return async (provider: string, names?: readonly BacklogName[]): Promise<Wait[]> => {
    const rows = await (names
      ? read<WaitRow>(some, [
          provider,
          names.map(({ account }) => account),
          names.map(({ merchant }) => merchant),
        ])
      : read<WaitRow>(all, [provider]));
    return rows.map(({ account, merchant, due_in_ms: dueInMs }) => ({ account, merchant, dueInMs }));
  };
}

type WaitRow = BacklogName & { readonly due_in_ms: number };

/** Prepares the read of the entries of an account that are not final. */
export function prepareUnfinishedOf({ schema }: SchemaNames, read: RunStatement) {
  // In the order of their index, which has them apart.
  const some = (condition: string) => `
      SELECT d.sequence, d.accepted_at FROM ${schema}.deliveries AS d
      WHERE NOT d.is_final AND ${condition} AND d.account = $1 AND ($2::text IS NULL OR d.merchant = $2)
      AND (d.accepted_at, d.sequence) > ($3::bigint, $4::bigint)
      ORDER BY d.accepted_at, d.sequence LIMIT $5`;
  const unfinished = statement(`
    WITH page AS (
      (${some('NOT d.raised_overdue')}) UNION ALL (${some('d.raised_overdue')}) ORDER BY accepted_at, sequence LIMIT $5
    )
    SELECT entry_rows.* FROM page JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = page.sequence
    ORDER BY page.accepted_at, page.sequence`);

  return async ({ account, merchant, after, limit }: AccountEntriesQuery): Promise<Entry[]> => {
    const from = [after?.acceptedAt.getTime() ?? Number.MIN_SAFE_INTEGER, after?.sequence ?? 0];
    const rows = await read<EntryRow>(unfinished, [account, merchant ?? null, ...from, limit]);
    return rows.map(entryOfRow);
  };
}

/**
 * Prepares the read of the entries that wait for a person; it looks at what is rejected or unfinished only.
 */
export function prepareListStuck({ schema }: SchemaNames, read: RunStatement) {
  const candidates = `SELECT d.sequence, d.changed_at
    FROM ${schema}.deliveries AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence, ${schema}.clock() AS now
    WHERE ($1::text[] IS NULL OR e.merchant = ANY ($1)) AND ($2::${schema}.entry_state[] IS NULL OR d.state = ANY ($2))`;
  // A time that is yet to come was noted by a wrong clock.
  const stuck = statement(`
    WITH page AS (
      (
        ${candidates} AND d.rejected_at IS NOT NULL AND NOT EXISTS (
          SELECT FROM ${schema}.entries AS newer
          WHERE newer.key = ${schema}.entry_key(e.merchant, '${nextVersionKey('')}' || e.id)
        )
        ORDER BY d.changed_at, d.sequence LIMIT $4::bigint + $5::bigint
      )
      UNION ALL
      (
        ${candidates} AND NOT d.is_final AND (
          d.state = 'parked' OR d.awaits IS NOT NULL AND d.reason_code = '${saleRejectedReason.code}'
          OR d.reason_code IN ${urgentReasons} OR d.accepted_at > now OR d.accepted_at <= now - $3::double precision
        )
        ORDER BY d.changed_at, d.sequence LIMIT $4::bigint + $5::bigint
      )
      ORDER BY changed_at, sequence LIMIT $4 OFFSET $5
    )
    SELECT entry_rows.* FROM page JOIN ${schema}.entry_rows ON entry_rows.raw_sequence = page.sequence
    ORDER BY page.changed_at, page.sequence`);

  return async ({ merchants, states, olderThanMs, offset, limit }: StuckQuery): Promise<Entry[]> => {
    const rows = await read<EntryRow>(stuck, [merchants ?? null, states ?? null, olderThanMs, limit, offset]);
    return rows.map(entryOfRow);
  };
}

import { partSize } from '../entry-search.js';
import { acceptanceHashes, outcomeHashes } from '../search-hashes.js';
import { GapWatch, gapsWithout, type JournalGap } from './journal-gaps.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Rows of the journal that one update takes in, of those that come late and of those that follow. */
const mostRows = 500;

interface NewRow {
  readonly position: number;
  readonly entry_id: string;
  readonly is_new: boolean;
}

interface IndexedEntry {
  readonly id: string;
  readonly sequence: number;
  readonly merchant: string;
  readonly idempotency_key: string;
  readonly provider: string;
  readonly account: string;
  readonly operation: string;
  readonly operation_type: string;
  readonly total_minor: number | null;
  readonly accepted_at: number;
  readonly position_names: string;
  readonly provider_document_id: string | null;
  readonly registration: string | null;
}

/** Prepares the write of the index, by one process at a time; returns whether there is more. */
export function prepareUpdateIndex(names: SchemaNames, database: PostgresDatabase): () => Promise<boolean> {
  const watch = new GapWatch();
  const takeTurn = statement(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('fiscalkit entry index ' || $1, 0)) AS taken",
  );
  const statements = indexStatements(names.schema);
  const behind = statement(`
    SELECT EXISTS (
      SELECT FROM ${names.schema}.journal WHERE position > (SELECT position FROM ${names.schema}.search_progress)
    ) OR EXISTS (SELECT FROM ${names.schema}.search_gaps) AS is_behind`);

  return async () => {
    // Who is up to date needs no transaction.
    const [now] = await database.read<{ is_behind: boolean }>(behind);
    if (!now?.is_behind) return false;
    const done = await database.transaction(async (run) => {
      const [turn] = await run<{ taken: boolean }>(takeTurn, [names.name]);
      return turn?.taken ? update(statements, run, watch) : null;
    });
    if (done === null) return false;
    watch.watch(done.gaps, done.writers);
    return done.isMore;
  };
}

type IndexStatements = ReturnType<typeof indexStatements>;

function indexStatements(schema: string) {
  const journal = `SELECT journal.position::double precision, journal.entry_id, journal.from_state IS NULL AS is_new
    FROM ${schema}.journal`;
  return {
    progress: statement(`SELECT position::double precision FROM ${schema}.search_progress`),
    gaps: statement(`
      SELECT first_position::double precision AS first, last_position::double precision AS last
      FROM ${schema}.search_gaps ORDER BY search_gaps.first_position`),
    writers: statement(`
      SELECT virtualtransaction AS writer FROM pg_locks
      WHERE locktype = 'relation' AND relation = '${schema}.journal'::regclass AND mode = 'RowExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`),
    late: statement(`
      ${journal} JOIN ${schema}.search_gaps AS g
      ON journal.position BETWEEN g.first_position AND g.last_position
      ORDER BY journal.position LIMIT ${mostRows}`),
    following: statement(
      `${journal} WHERE journal.position > $1 ORDER BY journal.position LIMIT ${mostRows}`,
    ),
    entries: statement(`
      SELECT e.id, e.sequence::double precision, e.merchant, e.idempotency_key, e.provider, d.account, e.operation,
        coalesce(e.operation_type, '') AS operation_type, e.total_minor::double precision,
        e.accepted_at::double precision, e.position_names, d.provider_document_id,
        (SELECT r.registration FROM ${schema}.registrations AS r WHERE r.sequence = e.sequence) AS registration
      FROM unnest($1::text[]) AS asked (id) JOIN ${schema}.entries AS e ON e.id = asked.id
      JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence`),
    addKeys: statement(`
      INSERT INTO ${schema}.search_keys
      SELECT (sequence >> 12 << 42) | (hash << 12) | (sequence & ${partSize - 1}) AS key
      FROM unnest($1::bigint[], $2::bigint[]) AS found (sequence, hash) ORDER BY key
      ON CONFLICT DO NOTHING`),
    addGroups: statement(`
      INSERT INTO ${schema}.search_groups (merchant, provider, account, operation, operation_type)
      SELECT DISTINCT given.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        AS given (merchant, provider, account, operation, operation_type)
      WHERE NOT EXISTS (
        SELECT FROM ${schema}.search_groups AS g WHERE g.merchant = given.merchant AND g.provider = given.provider
        AND g.account = given.account AND g.operation = given.operation AND g.operation_type = given.operation_type
      )`),
    addEntries: statement(`
      INSERT INTO ${schema}.search_entries (number, sequence)
      SELECT g.number, given.sequence
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
        AS given (merchant, provider, account, operation, operation_type, sequence)
      JOIN ${schema}.search_groups AS g USING (merchant, provider, account, operation, operation_type)
      ORDER BY number, sequence ON CONFLICT DO NOTHING`),
    addParts: statement(`
      INSERT INTO ${schema}.search_parts AS p (part, first_at, last_at)
      SELECT (sequence >> 12)::integer, min(accepted_at), max(accepted_at)
      FROM unnest($1::bigint[], $2::bigint[]) AS given (sequence, accepted_at) GROUP BY 1
      ON CONFLICT (part) DO UPDATE SET
        first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at)`),
    advance: statement(`UPDATE ${schema}.search_progress SET position = $1`),
    forgetGaps: statement(`DELETE FROM ${schema}.search_gaps`),
    noteGaps: statement(`
      INSERT INTO ${schema}.search_gaps (first_position, last_position) SELECT * FROM unnest($1::bigint[], $2::bigint[])`),
  };
}

async function update(statements: IndexStatements, run: RunStatement, watch: GapWatch) {
  const writersOf = async () =>
    (await run<{ writer: string }>(statements.writers)).map(({ writer }) => writer);
  const position = (await run<{ position: number }>(statements.progress))[0]?.position ?? 0;
  const gaps = await run<JournalGap>(statements.gaps);
  if (gaps.length > 0) watch.observe(await writersOf());
  const late = gaps.length > 0 ? await run<NewRow>(statements.late) : [];
  const following = await run<NewRow>(statements.following, [position]);
  await takeIn(statements, run, [...late, ...following]);

  const reached = following.at(-1)?.position ?? position;
  const seen = following.map((row) => row.position);
  const noted = reached > position ? gapsWithout([{ first: position + 1, last: reached }], seen) : [];
  const isAllSeen = late.length < mostRows;
  const left = gapsWithout(
    gaps,
    late.map((row) => row.position),
  ).filter((gap) => !(isAllSeen && watch.isClosed(gap)));
  const remaining = [...left, ...noted];
  if (late.length > 0 || noted.length > 0 || left.length < gaps.length) {
    await run(statements.forgetGaps);
    await run(statements.noteGaps, [remaining.map(({ first }) => first), remaining.map(({ last }) => last)]);
  }
  if (reached > position) await run(statements.advance, [reached]);
  const writers = remaining.length > 0 ? await writersOf() : [];
  return { gaps: remaining, writers, isMore: !isAllSeen || following.length === mostRows };
}

/** Takes in the entries of these rows as they are now; what the index has of them already stays. */
async function takeIn(
  statements: IndexStatements,
  run: RunStatement,
  rows: readonly NewRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const accepted = new Set(rows.filter((row) => row.is_new).map((row) => row.entry_id));
  const ids = [...new Set(rows.map((row) => row.entry_id))];
  const entries = await run<IndexedEntry>(statements.entries, [ids]);
  const keys = entries.flatMap((entry) =>
    hashesOf(entry, accepted.has(entry.id)).map((hash) => [entry.sequence, hash] as const),
  );
  await run(statements.addKeys, [keys.map(([sequence]) => sequence), keys.map(([, hash]) => hash)]);
  const groups = (['merchant', 'provider', 'account', 'operation', 'operation_type'] as const).map((column) =>
    entries.map((entry) => entry[column]),
  );
  const sequences = entries.map(({ sequence }) => sequence);
  await run(statements.addGroups, groups);
  await run(statements.addEntries, [...groups, sequences]);
  await run(statements.addParts, [sequences, entries.map((entry) => entry.accepted_at)]);
}

function hashesOf(entry: IndexedEntry, isNew: boolean): number[] {
  const { merchant, idempotency_key: idempotencyKey, total_minor: totalMinor } = entry;
  const { provider_document_id: providerDocumentId } = entry;
  const registration = entry.registration === null ? null : JSON.parse(entry.registration);
  const outcome = outcomeHashes({ providerDocumentId, registration });
  if (!isNew) return outcome;
  const lines = entry.position_names.split('\n').filter((line) => line !== '');
  const positionNames = lines.map((line) => String(JSON.parse(line)));
  return [...outcome, ...acceptanceHashes({ merchant, idempotencyKey, totalMinor, positionNames })];
}

import { versionTooNew } from '../../errors.js';
import type { PostgresDatabase, RunStatement } from '../postgres-database.js';
import { acceptFunction } from './accept-function.js';
import { acceptGroupFunctions } from './accept-group-functions.js';
import { acceptWithinFunction } from './accept-within-function.js';
import { accountFunctions } from './account-functions.js';
import { claimFunction, claimRestoreGuard, queueFunctions, restoreGuardFunction } from './claim-function.js';
import { durableCommit } from './durable-commit.js';
import { eventFunctions } from './event-functions.js';
import { saleFunctions } from './sale-functions.js';
import { type SchemaNames, withoutCompilation } from './schema-names.js';
import { interveneFunction, settleFunction } from './settle-function.js';
import { entryRowsView, eventTables, journalTables, listIndexes, readingViews, tables } from './tables.js';
import { timelineFunctions } from './timeline-functions.js';

/** The first version of the ledger in PostgreSQL. */
function version1({ schema, channel }: SchemaNames): string {
  return [
    tables(schema),
    journalTables(schema),
    readingViews(schema),
    eventTables(schema),
    eventFunctions(schema, channel),
    acceptFunction(schema, channel),
    queueFunctions(schema),
    claimFunction(schema),
    settleFunction(schema),
  ].join('\n');
}

/**
 * Interventions of operators in entries, what was declared after an old copy of the ledger was put back, and
 * the index by which they find what was rejected.
 */
function version2({ schema, channel }: SchemaNames): string {
  const tables = `
    CREATE TABLE ${schema}.restores (
      declared_at timestamptz NOT NULL,
      since timestamptz NOT NULL,
      until timestamptz NOT NULL
    );
    CREATE INDEX deliveries_rejected ON ${schema}.deliveries (changed_at, sequence) WHERE state = 'rejected';
  `;
  return [
    tables,
    restoreGuardFunction(schema),
    claimFunction(schema, claimRestoreGuard(schema)),
    interveneFunction(schema, channel),
  ].join('\n');
}

/**
 * Manifests of seals (column `outline`): JSON, for each row of the block its position, version, the begin of
 * its hash, and its entry. The counter has the number of the last seal, so that seals that were cut off at
 * the end are missed.
 */
function version3({ schema }: SchemaNames): string {
  return `
    ALTER TABLE ${schema}.seals ADD COLUMN outline text;
    ALTER TABLE ${schema}.seals DISABLE TRIGGER append_only;
    UPDATE ${schema}.seals SET outline = coalesce((
      SELECT json_agg(json_build_array(position, version, left(j.hash, 16), entry_id) ORDER BY position)::text
      FROM ${schema}.journal AS j WHERE position BETWEEN first_position AND last_position
    ), '[]');
    ALTER TABLE ${schema}.seals ENABLE TRIGGER append_only;
    ALTER TABLE ${schema}.seals ALTER COLUMN outline SET NOT NULL;

    CREATE TABLE ${schema}.seal_counter (seals bigint NOT NULL);
    INSERT INTO ${schema}.seal_counter SELECT coalesce(max(number), 0) FROM ${schema}.seals;
  `;
}

/**
 * Less work for the server.
 * - Groups of entries are accepted together.
 * - Functions are never compiled: before PostgreSQL 18 a scan that they avoid but need counts as so expensive
 *   that the server compiled the plan at every call, which took a claim hundreds of milliseconds.
 * - A delivery is rewritten twice, and grows. With room left on its page it stays there, among those of the
 *   same time, and no later one takes the room that old ones leave: each page is written while it is young,
 *   and then no
 * more.
 * - What is bound to a payment is found by `entries_by_payment`; an index in the order of hashes touched a
 *   page anywhere with every result.
 */
function version4({ schema, channel }: SchemaNames): string {
  return `
    ${acceptGroupFunctions(schema, channel)}
    ${withoutCompilation(schema)}
    ALTER TABLE ${schema}.deliveries SET (fillfactor = 25);
    DROP INDEX ${schema}.deliveries_bound;
  `;
}

/**
 * Accounts, through which entries are delivered: what is due is found by account and merchant. The order of a
 * payment is that of the account, whatever the merchant, so what belongs to a payment is found by the payment
 * first. What an entry depends on, and whether it waits for that; entries that were accepted before wait in
 * the order of acceptance only. The functions that read entries are made anew with their view. Lists are read
 * from what an index tells.
 *
 * What the ledger needs of transactions and of the server is seen to in the database itself: durable commits
 * and the isolation level, bounded waits within a caller's transaction, and the server's timeline.
 */
function version5({ schema, channel }: SchemaNames): string {
  return `
    ALTER TABLE ${schema}.deliveries ADD COLUMN IF NOT EXISTS account text;
    ALTER TABLE ${schema}.deliveries ADD COLUMN IF NOT EXISTS merchant text;
    UPDATE ${schema}.deliveries AS d SET
      account = ':' || e.merchant || '@' || e.provider,
      merchant = e.merchant,
      queue = ${schema}.name_number('order', '', e.ordering_key)
    FROM ${schema}.entries AS e WHERE e.sequence = d.sequence;
    ALTER TABLE ${schema}.deliveries ALTER COLUMN account SET NOT NULL;
    ALTER TABLE ${schema}.deliveries ALTER COLUMN merchant SET NOT NULL;
    DROP INDEX ${schema}.deliveries_due;
    CREATE INDEX deliveries_due ON ${schema}.deliveries (provider, account, merchant, due_at) WHERE due_at IS NOT NULL;
    ALTER TABLE ${schema}.entries ADD COLUMN IF NOT EXISTS depends_on text;
    UPDATE ${schema}.entries SET depends_on = CASE
      WHEN operation_type IN ('sell_refund', 'buy_refund') THEN replace(operation_type, '_refund', '')
      WHEN operation_type IN ('sell', 'buy') AND json_typeof(document -> 'settlements') = 'array' AND EXISTS (
        SELECT FROM json_array_elements(document -> 'settlements') AS part WHERE part ->> 'type' = 'prepayment'
      ) THEN operation_type
    END WHERE operation = 'receipt';
    ALTER TABLE ${schema}.deliveries ADD COLUMN IF NOT EXISTS awaits bigint;
    CREATE INDEX IF NOT EXISTS deliveries_awaiting ON ${schema}.deliveries (awaits) WHERE awaits IS NOT NULL;
    DROP INDEX ${schema}.entries_by_payment;
    CREATE INDEX entries_by_payment ON ${schema}.entries (payment_id, merchant, accepted_at, sequence);

    DROP VIEW ${schema}.entry_rows CASCADE;
    DROP FUNCTION ${schema}.accept(text, boolean, text);
    DROP FUNCTION ${schema}.accept_each(text, boolean, text);
    DROP FUNCTION ${schema}.accept_together(text, text);
    DROP FUNCTION ${schema}.wake_queues(bigint[], timestamptz);
    DROP FUNCTION IF EXISTS ${schema}.names_held(text, text, text, text[]), ${schema}.names_held(text, text, text, text[], text);
    DROP FUNCTION ${schema}.name_number(text, text, text);
    DROP FUNCTION IF EXISTS ${schema}.claim(text, integer, double precision, text, text);
    DROP FUNCTION IF EXISTS ${schema}.look_first(text, integer, timestamptz);
    ${listIndexes(schema)}
    ${entryRowsView(schema)}
    ${saleFunctions(schema)}
    ${acceptFunction(schema, channel)}
    ${acceptGroupFunctions(schema, channel)}
    ${queueFunctions(schema)}
    ${restoreGuardFunction(schema)}
    ${claimFunction(schema, claimRestoreGuard(schema))}
    ${accountFunctions(schema)}
    ${settleFunction(schema)}
    ${interveneFunction(schema, channel)}
    ${durableCommit(schema)}
    ${acceptWithinFunction(schema)}
    ${timelineFunctions(schema)}
    ${withoutCompilation(schema)}
  `;
}

/** One step per version; a step that was released is never changed. */
const steps: readonly ((names: SchemaNames) => string)[] = [version1, version2, version3, version4, version5];

/** A step may rewrite a table, and whoever starts at the same time waits for it. */
const query_timeout = 600_000;

/** The version of the schema that this release writes. */
export const currentVersion = steps.length;

/**
 * Brings the ledger's schema up to date, each step in a transaction of its own. Processes that start at once
 * take turns. Throws a `FiscalError` with code `ledger.version` for a ledger that a newer release has
 * written.
 */
export async function migrate(database: PostgresDatabase, names: SchemaNames): Promise<void> {
  // Without a look before the lock, every start would need the right to make schemas.
  let version = await readVersion(database.run, names);
  while (version < currentVersion) {
    version = await database.transaction((run) => takeStep(run, names));
  }
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
}

/** Answers the version after the step. */
async function takeStep(run: RunStatement, names: SchemaNames): Promise<number> {
  const { name, schema } = names;
  const lock = "SELECT pg_advisory_xact_lock(hashtextextended('fiscalkit migrations ' || $1, 0))";
  await run({ text: lock, query_timeout }, [name]);
  const version = await readVersion(run, names);
  const step = steps[version];
  if (!step) return version;
  if (version === 0) {
    // Even IF NOT EXISTS needs the right to make schemas, and who made one for this role may have kept that.
    const made = await run({ text: 'SELECT FROM pg_namespace WHERE nspname = $1' }, [name]);
    if (made.length === 0) await run({ text: `CREATE SCHEMA ${schema}` });
    await run({
      text: `CREATE TABLE ${schema}.migrations (
        version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
      )`,
    });
  }
  await run({ text: step(names), query_timeout });
  await run({ text: `INSERT INTO ${schema}.migrations (version) VALUES ($1)` }, [version + 1]);
  return version + 1;
}

/** The version of the schema; 0 where there is none. */
export async function readVersion(run: RunStatement, { name, schema }: SchemaNames): Promise<number> {
  // Not to_regclass: inside a transaction it may still answer what was true before the wait for the lock.
  const isThere = 'SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2';
  const found = await run({ text: isThere }, [name, 'migrations']);
  if (found.length === 0) return 0;
  const [newest] = await run<{ version: number }>({
    text: `SELECT coalesce(max(version), 0) AS version FROM ${schema}.migrations`,
  });
  return newest?.version ?? 0;
}

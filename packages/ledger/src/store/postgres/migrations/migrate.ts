import { ledgerUnpublished, versionTooNew } from '../../errors.js';
import type { PostgresDatabase, RunStatement } from '../postgres-database.js';
import { type SchemaNames, sqlFor } from './schema-names.js';
import { version1 } from './version-1.js';

/** One step per version, for the default schema; a step that was published is never changed. */
export const steps: readonly string[] = [version1];

/** The version of the schema that this release writes. */
export const currentVersion = steps.length;

/** A step may rewrite a table, and whoever starts at the same time waits for it. */
const query_timeout = 600_000;

/**
 * Brings the ledger's schema up to date, each step in a transaction of its own. Processes that start at once
 * take turns. Throws a `FiscalError`: `ledger.version` for a ledger that a newer release has written,
 * `ledger.unpublished` for one of before the first release.
 */
export async function migrate(
  database: PostgresDatabase,
  names: SchemaNames,
  to: readonly string[] = steps,
): Promise<void> {
  // Without a look before the lock, every start would need the right to make schemas.
  let version = await readVersion(database.run, names);
  while (version < to.length) {
    version = await database.transaction((run) => takeStep(run, names, to));
  }
  if (version > to.length) throw versionTooNew(version, to.length);
}

/** Answers the version after the step. */
async function takeStep(run: RunStatement, names: SchemaNames, to: readonly string[]): Promise<number> {
  const { name, schema } = names;
  const lock = "SELECT pg_advisory_xact_lock(hashtextextended('fiscalkit migrations ' || $1, 0))";
  await run({ text: lock, query_timeout }, [name]);
  const version = await readVersion(run, names);
  const step = to[version];
  if (!step) return version;
  if (version === 0) {
    // Even IF NOT EXISTS needs the right to make schemas, and who made one for this role may have kept that.
    const made = await run({ text: 'SELECT FROM pg_namespace WHERE nspname = $1' }, [name]);
    if (made.length === 0) await run({ text: `CREATE SCHEMA ${schema}` });
    await run({
      text: `CREATE TABLE ${schema}.ledger_versions (
        version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
      )`,
    });
  }
  await run({ text: sqlFor(names, step), query_timeout });
  await run({ text: `INSERT INTO ${schema}.ledger_versions (version) VALUES ($1)` }, [version + 1]);
  return version + 1;
}

/**
 * The version of the schema; 0 where there is none. Throws a `FiscalError` with code `ledger.unpublished`; only
 * reads.
 */
export async function readVersion(run: RunStatement, { name, schema }: SchemaNames): Promise<number> {
  // Not to_regclass: inside a transaction it may still answer what was true before the wait for the lock.
  const isThere = 'SELECT tablename AS table FROM pg_tables WHERE schemaname = $1 AND tablename = ANY ($2)';
  const found = await run<{ table: string }>({ text: isThere }, [name, ['ledger_versions', 'unseen_queues']]);
  const has = (name: string) => found.some(({ table }) => table === name);
  if (!has('ledger_versions')) {
    // Ledgers of before the first release noted their versions elsewhere.
    if (has('unseen_queues')) throw ledgerUnpublished();
    return 0;
  }
  const [newest] = await run<{ version: number }>({
    text: `SELECT coalesce(max(version), 0) AS version FROM ${schema}.ledger_versions`,
  });
  return newest?.version ?? 0;
}

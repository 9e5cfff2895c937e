import { versionTooNew } from '../version-error.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { version1 } from './schema/version-1.js';
import { version2 } from './schema/version-2.js';
import { version3 } from './schema/version-3.js';
import { version4 } from './schema/version-4.js';
import { version5 } from './schema/version-5.js';

/** One step per version; a step that was released is never changed. */
const steps: readonly ((names: SchemaNames) => string)[] = [version1, version2, version3, version4, version5];

/** A step may rewrite a table, and whoever starts at the same time waits for it. */
const query_timeout = 600_000;

/** The version of the schema that this release writes. */
export const currentVersion = steps.length;

/**
 * Brings the ledger's schema up to date, each step in a transaction of its own. Processes that start at once take turns.
 * Throws a `FiscalError` with code `ledger.version` for a ledger that a newer release has written.
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

import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { newEntry } from '../../store/new-entry.fixture.js';
import { createPostgresStore } from '../../store/postgres/create-postgres-store.js';
import type { PostgresStores } from '../../store/postgres/postgres-stores.fixture.js';
import type { AuditedLedger } from '../contract/audited-ledger.fixture.js';
import { openPostgresAudit } from './open-postgres-audit.js';

const tables = [
  'entries',
  'deliveries',
  'registrations',
  'reissues',
  'unique_keys',
  'journal',
  'seals',
  'seal_counter',
  'finished',
];

/** A PostgreSQL ledger in a schema of its own. */
export async function openAuditedPostgresLedger(
  stores: PostgresStores,
): Promise<AuditedLedger & { readonly schema: string }> {
  const schema = stores.newSchema();
  const { connectionString } = stores.server();
  const store = await createPostgresStore({ connectionString, schema, connections: 4 });
  const client = new Client(connectionString);
  await client.connect();
  await client.query(`SET search_path = ${schema}`);
  const run = async (...statements: readonly string[]) => {
    // Guards don't hold an owner of the server.
    await client.query(
      'BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off',
    );
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  };
  const tamper = (...statements: readonly string[]) =>
    run(...readable(schema), ...statements, ...asStored(schema));
  return {
    schema,
    store,
    contiguous: false,
    tamper,
    async run(statement) {
      await client.query(statement);
    },
    openAudit: () => openPostgresAudit({ connectionString, schema }),
    // Transactions that roll back leave positions and sequences unused; long ones commit late.
    async disturb(going) {
      for (let round = 0; going(); round += 1) {
        await client.query('BEGIN');
        await store.acceptWithin(client, newEntry());
        await delay(5);
        await client.query(round % 2 === 0 ? 'ROLLBACK' : 'COMMIT');
      }
    },
    async save() {
      for (const table of tables) await client.query(`CREATE TABLE saved_${table} AS SELECT * FROM ${table}`);
    },
    reset: () =>
      run(
        ...tables.flatMap((table) => [`DELETE FROM ${table}`, ...stored(schema, table, `saved_${table}`)]),
        "SELECT setval('journal_positions', max(position)) FROM saved_journal",
      ),
    async close() {
      await client.end();
      await store.close();
    },
    later: (column) => `${column} + 1`,
    replaced: (column, kind, from, to) => {
      const text = kind === 'bytes' ? `convert_from(${column}, 'UTF8')` : `${column}::text`;
      const replaced = `replace(${text}, '${from}', '${to}')`;
      return kind === 'bytes' ? `convert_to(${replaced}, 'UTF8')` : replaced;
    },
  };
}

/** Puts readable copies in the place of tables whose columns are stored in other forms. */
const readable = (schema: string) => [
  `CREATE TEMP TABLE deliveries AS SELECT d.*, encode(d.hash, 'hex') AS text, registration
   FROM ${schema}.deliveries AS d LEFT JOIN ${schema}.registrations USING (sequence)`,
  `CREATE TEMP TABLE journal AS SELECT j.*, encode(j.hash, 'hex') AS text FROM ${schema}.journal AS j`,
  `CREATE TEMP TABLE entries AS SELECT * FROM ${schema}.entries`,
  ...['deliveries', 'journal'].flatMap((table) => [
    `ALTER TABLE pg_temp.${table} DROP COLUMN hash`,
    `ALTER TABLE pg_temp.${table} RENAME COLUMN text TO hash`,
  ]),
  `ALTER TABLE pg_temp.journal ALTER COLUMN position SET DEFAULT nextval('${schema}.journal_positions')`,
  'UPDATE pg_temp.entries SET reference = id WHERE reference IS NULL',
];

/** Stores the copies. */
const asStored = (schema: string) => [
  `DELETE FROM ${schema}.registrations`,
  `INSERT INTO ${schema}.registrations
   SELECT sequence, registration FROM pg_temp.deliveries WHERE registration IS NOT NULL`,
  'UPDATE pg_temp.entries SET reference = NULL WHERE reference = id',
  ...['deliveries', 'journal', 'entries'].flatMap((table) => [
    `DELETE FROM ${schema}.${table}`,
    ...stored(schema, table, `pg_temp.${table}`, table === 'entries' ? 'columns' : hashesAsBytes),
    `DROP TABLE pg_temp.${table}`,
  ]),
];

const hashesAsBytes = "replace(columns, 'hash', 'decode(hash, ''hex'')')";

/** Fills a table from another one, but for what is generated from its columns. */
const stored = (schema: string, table: string, from: string, columns = 'columns') => [
  `DO $$ DECLARE
     columns text := (
       SELECT string_agg(attname, ', ') FROM pg_attribute
       WHERE attrelid = '${schema}.${table}'::regclass AND attnum > 0 AND attgenerated = ''
     );
   BEGIN
     EXECUTE format('INSERT INTO ${schema}.${table} (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM ${from}',
       columns, ${columns});
   END $$`,
];

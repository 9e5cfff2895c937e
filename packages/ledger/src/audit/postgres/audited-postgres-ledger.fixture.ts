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
        ...tables.flatMap((table) => [
          `DELETE FROM ${table}`,
          `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM saved_${table}`,
        ]),
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

/** Puts a copy in the place of a table: deliveries, with their registrations. */
const readable = (schema: string) => [
  `CREATE TEMP TABLE deliveries AS SELECT d.*, registration
   FROM ${schema}.deliveries AS d LEFT JOIN ${schema}.registrations USING (sequence)`,
];

/** Stores the copy. */
const asStored = (schema: string) => [
  `DELETE FROM ${schema}.registrations`,
  `INSERT INTO ${schema}.registrations
   SELECT sequence, registration FROM pg_temp.deliveries WHERE registration IS NOT NULL`,
  'ALTER TABLE pg_temp.deliveries DROP COLUMN registration',
  `DELETE FROM ${schema}.deliveries`,
  `INSERT INTO ${schema}.deliveries SELECT * FROM pg_temp.deliveries`,
  'DROP TABLE pg_temp.deliveries',
];

import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { newEntry } from '../../store/new-entry.fixture.js';
import { createPostgresStore } from '../../store/postgres/create-postgres-store.js';
import type { PostgresStores } from '../../store/postgres/postgres-stores.fixture.js';
import type { AuditedLedger } from '../contract/audited-ledger.fixture.js';
import { openPostgresAudit } from './open-postgres-audit.js';

const tables = ['entries', 'deliveries', 'names', 'journal', 'seals', 'seal_counter', 'finished'];

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
  const tamper = async (...statements: readonly string[]) => {
    // Neither guards nor foreign keys hold an owner of the server.
    await client.query(
      'BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off',
    );
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  };
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
      tamper(
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
    later: (column) => `${column} + interval '1 microsecond'`,
    replaced: (column, kind, from, to) => {
      const text = kind === 'bytes' ? `convert_from(${column}, 'UTF8')` : `${column}::text`;
      const replaced = `replace(${text}, '${from}', '${to}')`;
      return { text: replaced, json: `${replaced}::json`, bytes: `convert_to(${replaced}, 'UTF8')` }[kind];
    },
  };
}

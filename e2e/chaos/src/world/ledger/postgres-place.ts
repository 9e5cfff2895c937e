import type { LedgerStore } from '@fiscalkit/ledger';
import { createPostgresStore, openPostgresAudit } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { Client } from 'pg';
import type { LedgerPlace } from './ledger-place.js';

const gatewayConnections = `FROM pg_stat_activity WHERE application_name = 'fiscalkit'`;

/** A ledger in a PostgreSQL server of its own, whose data are in the folder. */
export async function postgresPlace(dataFolder: string): Promise<LedgerPlace> {
  const server = await startPostgresServer({ dataFolder });
  const { connectionString } = server;
  const run = (statements: readonly string[]) => asOperator(connectionString, statements);
  return {
    kind: 'postgres',
    url: connectionString,
    description: 'PostgreSQL; writes are refused by default_transaction_read_only',
    async refuseWrites() {
      await run(['ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()']);
      return async () => {
        await run(['ALTER SYSTEM RESET default_transaction_read_only', 'SELECT pg_reload_conf()']);
      };
    },
    restart: () => server.restart(),
    async crash() {
      const [row] = await run([`SELECT pid ${gatewayConnections} LIMIT 1`]);
      if (typeof row?.pid === 'number') process.kill(row.pid, 'SIGKILL');
    },
    async breakConnections() {
      await run([`SELECT pg_terminate_backend(pid) ${gatewayConnections}`]);
    },
    openStore: (): Promise<LedgerStore> => createPostgresStore({ connectionString }),
    openAudit: () => openPostgresAudit({ connectionString }),
    close: () => server.stop(),
  };
}

/** Runs statements on a connection of their own, which may write when others may not; answers the rows of the last. */
async function asOperator(
  connectionString: string,
  statements: readonly string[],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString, application_name: 'laboratory' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SET default_transaction_read_only = off');
    let rows: Record<string, unknown>[] = [];
    for (const text of statements) ({ rows } = await client.query(text));
    return rows;
  } finally {
    await client.end();
  }
}

import { startPostgresServer } from '@fiscalkit/postgres-server';
import { Client } from 'pg';

/** Does the work with a PostgreSQL server of its own, which ends with it. */
export async function withServer<T>(work: (connectionString: string) => Promise<T>): Promise<T> {
  const server = await startPostgresServer();
  try {
    return await work(server.connectionString);
  } finally {
    await server.stop();
  }
}

/** Does the work on a connection of its own. */
export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString });
  // A broken connection rejects the next query; without a listener, it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

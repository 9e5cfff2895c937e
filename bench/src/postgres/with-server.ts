import { startPostgresServer } from '@fiscalkit/postgres-server';

/** Does the work with a PostgreSQL server of its own, which ends with it. */
export async function withServer<T>(work: (connectionString: string) => Promise<T>): Promise<T> {
  const server = await startPostgresServer();
  try {
    return await work(server.connectionString);
  } finally {
    await server.stop();
  }
}

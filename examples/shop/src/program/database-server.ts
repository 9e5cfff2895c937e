/** Runs PostgreSQL for the shop. Arguments are folder and port; it ends with the shop, however that ends. */
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';

const [dataFolder = '', port = ''] = process.argv.slice(2);

async function start(): Promise<PostgresServer | string> {
  try {
    return await startPostgresServer({ dataFolder, port: Number(port) });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const started = await start();
process.once('disconnect', () => typeof started !== 'string' && started.stop());
process.send?.({ fault: typeof started === 'string' ? started : null });

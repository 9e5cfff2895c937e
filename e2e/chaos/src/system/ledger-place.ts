import { join } from 'node:path';
import { type AuditSource, createSqliteStore, type LedgerStore, openSqliteAudit } from '@fiscalkit/ledger';
import { createPostgresStore, openPostgresAudit } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { Client } from 'pg';
import type { LedgerKind } from '../nemesis/fault.js';
import { type LedgerDisk, limitFiles, mountSmallDisk } from './small-disk.js';

/** Place of a run's ledger, with the faults that can be injected there. */
export interface LedgerPlace {
  readonly kind: LedgerKind;
  /** URL for the gateway's configuration. */
  readonly url: string;
  /** Place, and how writes are refused, in words. */
  readonly description: string;
  /** Makes writes fail, on a disk as soon as so many bytes are written; returns a function that ends it. */
  refuseWrites(leaveBytes: number): Promise<() => Promise<void>>;
  /** Stops the database server and starts it again. */
  restart(): Promise<void>;
  /** Kills a process of the database server. */
  crash(): Promise<void>;
  /** Terminates the connections of the gateways. */
  breakConnections(): Promise<void>;
  /** Opens the store for reading; no gateway may be running on an SQLite ledger. */
  openStore(): Promise<LedgerStore>;
  /** Opens the ledger for verification. */
  openAudit(): Promise<AuditSource>;
  close(): Promise<void>;
}

/** Settings of a ledger's place. */
export interface LedgerRequest {
  readonly ledger: LedgerKind;
  /** Number of receipts that the disk of an SQLite ledger must hold. */
  readonly receipts: number;
  /** Whether that disk may be a mounted file system; otherwise the gateway's files are limited. */
  readonly mayMount: boolean;
}

const bytesPerReceipt = 32_768;
/** The write-ahead log alone may take 16 MiB, and as much again while it is copied into the file. */
const leastDiskBytes = 64 * 1024 * 1024;

/** Opens a place for the ledger; `processId` is that of the only gateway of an SQLite ledger. */
export async function openLedger(
  { ledger, receipts, mayMount }: LedgerRequest,
  folder: string,
  processId: () => number | null,
): Promise<LedgerPlace> {
  const ledgerFolder = join(folder, 'ledger');
  if (ledger === 'postgres') return postgresPlace(ledgerFolder);
  const bytes = Math.max(leastDiskBytes, receipts * bytesPerReceipt);
  const mounted = mayMount ? await mountSmallDisk(ledgerFolder, bytes) : null;
  return sqlitePlace(mounted ?? limitFiles(ledgerFolder, processId));
}

/** Returns a ledger in an SQLite file on a disk that can be filled. */
function sqlitePlace(disk: LedgerDisk): LedgerPlace {
  const path = join(disk.folder, 'ledger.sqlite');
  return {
    kind: 'sqlite',
    url: `sqlite:${path}`,
    description: `SQLite; the disk is full by ${disk.means}`,
    refuseWrites: (leaveBytes) => disk.fill(leaveBytes),
    restart: noServer,
    crash: noServer,
    breakConnections: noServer,
    openStore: async () => createSqliteStore({ path }),
    openAudit: async () => openSqliteAudit(path),
    close: () => disk.close(),
  };
}

async function noServer(): Promise<void> {
  throw new Error('an SQLite ledger has no server');
}

const gatewayConnections = `FROM pg_stat_activity WHERE application_name = 'fiscalkit'`;

/** Starts a PostgreSQL server of its own for the ledger, with its data in the folder. */
async function postgresPlace(dataFolder: string): Promise<LedgerPlace> {
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

/** Runs statements on a connection that may write when others may not; returns the rows of the last. */
async function asOperator(
  connectionString: string,
  statements: readonly string[],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString, application_name: 'chaos' });
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

import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { Client, Pool, type PoolConfig } from 'pg';
import { isUnavailable } from '../errors.js';
import type { StoreLimit } from '../ledger-store.js';
import { checkConnection, postgresAddressFault } from './connection-settings.js';
import { ListConnections } from './list-connections.js';
import { migrate } from './migrations/migrate.js';
import { type SchemaNames, schemaNames } from './migrations/schema-names.js';
import { PostgresDatabase } from './postgres-database.js';
import { PostgresStore } from './postgres-store.js';

export type PostgresStoreSettings = {
  /**
   * Schema of the ledger, made when missing; `fiscalkit` when absent. Several ledgers may share a database.
   */
  readonly schema?: string;
  /**
   * How long an acceptance waits while another open transaction holds the same payment or key, in
   * milliseconds, before it ends with the code `payment.busy`; 5 seconds when absent.
   */
  readonly paymentWaitMs?: number;
  /** Takes a server with `fsync = off`, such as one for tests, although it can lose what was accepted. */
  readonly allowFsyncOff?: boolean;
} & (
  | {
      /**
       * `postgres://user:password@host:port/database`. The store opens its own connections, and closes them.
       */
      readonly connectionString: string;
      /** Most connections, without the listening one and up to 2 for lists; 10 when absent. */
      readonly connections?: number;
    }
  | {
      /**
       * Connections to share. The store leaves them open, and opens more with the same settings: one to
       * listen on, and up to 4 while lists are read.
       */
      readonly pool: Pool;
    }
);

/**
 * How long to wait for a connection, and for an answer, before the ledger counts as unavailable: together
 * less than those wait who asked the gateway, which cuts off a connection after 45 seconds.
 */
const connectionTimeoutMillis = 5_000;
const queryTimeoutMillis = 30_000;

const defaultPaymentWaitMs = 5_000;

/**
 * Opens the ledger in a PostgreSQL database (14 or newer), which any number of processes may share. Rejects
 * with a `FiscalError`: `ledger.version` for a ledger of a newer release, `ledger.schema` for a bad name,
 * `ledger.payment-wait` for a wait that is none, `ledger.not-durable` for a server with `fsync = off`,
 * `ledger.encoding` for a database that is not in UTF-8, `config.connection-string` and `config.pool` for
 * settings that are missing or can't be used, `ledger.unavailable`.
 */
export async function createPostgresStore(settings: PostgresStoreSettings): Promise<PostgresStore> {
  const { schema = 'fiscalkit', paymentWaitMs = defaultPaymentWaitMs, allowFsyncOff = false } = settings;
  checkConnection(settings);
  const names = schemaNames(schema);
  if (!(Number.isFinite(paymentWaitMs) && paymentWaitMs >= 0)) throw badWait();
  const { pool, owned } = poolOf(settings);
  const database = new PostgresDatabase({ pool, owned });
  try {
    await checkDurability(database, allowFsyncOff);
    await checkEncoding(database);
    await migrate(database, names);
    return new PostgresStore({
      database,
      names,
      lists: new ListConnections(pool),
      createClient: () => new Client(pool.options),
      paymentWaitMs,
      place: placeOf(pool.options, schema),
      limits: await limitsOfServer(database, names),
    });
  } catch (error) {
    await database.close();
    throw openingError(pool, schema, error);
  }
}

/** What the driver makes of its settings, without user and password. */
function placeOf(options: PoolConfig, schema: string): string {
  const { host, port, database } = new Client(options);
  return `${host}:${port}/${database} (schema ${schema})`;
}

/**
 * An error at opening, with the place that it speaks of. Of a pool whose address can't be used as it is, no
 * place is told: an unescaped password may be part of what was taken for it.
 */
function openingError({ options }: Pool, schema: string, error: unknown): unknown {
  if (!isFiscalError(error) || !isUnavailable(error)) return error;
  const { code, retryable, cause } = error;
  const { connectionString } = options;
  if (typeof connectionString === 'string' && postgresAddressFault(connectionString) !== null) return error;
  if (!types.isNativeError(cause)) return error;
  // Of several addresses of a name that refused, each has words of its own, and all together have none.
  const why = cause.message || String(Object(cause).code ?? cause.name);
  const message = `The ledger in PostgreSQL at ${placeOf(options, schema)} cannot be opened: ${why}.`;
  return new FiscalError({ code, message, retryable, cause });
}

function poolOf(settings: PostgresStoreSettings) {
  if ('pool' in settings) return { pool: settings.pool, owned: false };
  const config: PoolConfig = {
    connectionString: settings.connectionString,
    max: settings.connections ?? 10,
    connectionTimeoutMillis,
    query_timeout: queryTimeoutMillis,
    keepAlive: true,
    application_name: 'fiscalkit',
  };
  return { pool: new Pool(config), owned: true };
}

function badWait(): FiscalError {
  return new FiscalError({
    code: 'ledger.payment-wait',
    message: 'paymentWaitMs is a number of milliseconds, 0 or more.',
    retryable: false,
  });
}

/**
 * Finds out how transactions begin on this server, and refuses one on which no commit is durable. Throws a
 * `FiscalError` with code `ledger.not-durable`.
 */
async function checkDurability(database: PostgresDatabase, allowFsyncOff: boolean): Promise<void> {
  const [server] = await database.run<{ fsync: string; isolation: string }>({
    text: `SELECT current_setting('fsync') AS fsync, current_setting('transaction_isolation') AS isolation`,
  });
  if (server?.isolation !== 'read committed') database.beginTransactions();
  if (server?.fsync !== 'off' || allowFsyncOff) return;
  throw new FiscalError({
    code: 'ledger.not-durable',
    message:
      'The server runs with fsync = off: it can lose what it has committed. Switch fsync on, or, for tests, set allowFsyncOff.',
    retryable: false,
  });
}

/** Refuses a database that can't hold every text. Throws a `FiscalError` with code `ledger.encoding`. */
async function checkEncoding(database: PostgresDatabase): Promise<void> {
  const [found] = await database.run<{ encoding: string }>({
    text: `SELECT current_setting('server_encoding') AS encoding`,
  });
  const encoding = found?.encoding ?? 'none';
  if (encoding === 'UTF8') return;
  throw new FiscalError({
    code: 'ledger.encoding',
    message: `The database has the encoding ${encoding}, which can't hold every receipt: make one with ENCODING 'UTF8'.`,
    retryable: false,
  });
}

/** What this server, or the role's rights, keep the ledger from noticing. */
async function limitsOfServer(database: PostgresDatabase, { schema }: SchemaNames): Promise<StoreLimit[]> {
  const [seen] = await database.run<{ timeline: string | null; recovering: boolean }>({
    text: `SELECT timeline, pg_is_in_recovery() AS recovering FROM ${schema}.current_timeline()`,
  });
  if (seen?.timeline != null || seen?.recovering) return [];
  return [
    {
      code: 'ledger.timeline.unseen',
      message:
        'The server does not tell its timeline to this role: declare it yourself when a standby that lagged was promoted.',
    },
  ];
}

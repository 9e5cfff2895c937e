import { FiscalError } from '@fiscalkit/schemas';
import type { StoreLimit } from '../ledger-store.js';
import type { PostgresDatabase } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';

/**
 * Finds out how transactions begin on this server, and refuses one on which no commit is durable. Throws a `FiscalError` with code
 * `ledger.not-durable`.
 */
export async function checkDurability(database: PostgresDatabase, allowFsyncOff: boolean): Promise<void> {
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
export async function checkEncoding(database: PostgresDatabase): Promise<void> {
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
export async function limitsOfServer(
  database: PostgresDatabase,
  { schema }: SchemaNames,
): Promise<StoreLimit[]> {
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

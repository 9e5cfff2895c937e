import { Pool } from 'pg';
import { assertVersion, type PostgresAuditSettings } from './audit/postgres/open-postgres-audit.js';
import type { ReceiptReader } from './open-receipt-reader.js';
import { checkConnection } from './store/postgres/connection-settings.js';
import { schemaNames } from './store/postgres/migrations/schema-names.js';
import { PostgresDatabase } from './store/postgres/postgres-database.js';
import { prepareReceipts } from './store/postgres/receipts.js';

const connectionTimeoutMillis = 5_000;
const statementTimeoutMs = 30_000;

/**
 * Opens the receipts of the ledger in a PostgreSQL database for reading, beside processes that write it; the
 * right to read is enough. Rejects with a `FiscalError`: `ledger.missing`, `ledger.version`, `ledger.schema`,
 * `config.connection-string`, `ledger.unavailable`.
 */
export async function openPostgresReceipts(settings: PostgresAuditSettings): Promise<ReceiptReader> {
  checkConnection(settings);
  const names = schemaNames(settings.schema ?? 'fiscalkit');
  const pool = new Pool({
    connectionString: settings.connectionString,
    max: 1,
    connectionTimeoutMillis,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
    application_name: 'fiscalkit reports',
  });
  const database = new PostgresDatabase({ pool, owned: true });
  try {
    await assertVersion(database.read, names);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { ...prepareReceipts(names, database.read), close: () => database.close() };
}

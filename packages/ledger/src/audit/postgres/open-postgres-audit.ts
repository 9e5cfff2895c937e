import { Client } from 'pg';
import { versionTooNew } from '../../store/errors.js';
import { checkConnection } from '../../store/postgres/connection-settings.js';
import { asLedgerError } from '../../store/postgres/errors.js';
import { currentVersion, readVersion } from '../../store/postgres/migrations/migrate.js';
import { type SchemaNames, schemaNames } from '../../store/postgres/migrations/schema-names.js';
import type { RunStatement } from '../../store/postgres/postgres-database.js';
import { type AuditSource, ledgerMissing, ledgerOutdated } from '../source.js';
import { PostgresAudit, Snapshot } from './postgres-audit.js';

/** Settings of an audit: the ledger's place. */
export interface PostgresAuditSettings {
  /** `postgres://user:password@host:port/database`; the right to read is enough. */
  readonly connectionString: string;
  /** Schema of the ledger; `fiscalkit` when absent. */
  readonly schema?: string;
}

const connectionTimeoutMillis = 5_000;

/**
 * Opens the ledger in a PostgreSQL database for an audit, as it is at this moment, also beside processes that
 * write it. Nothing is written. Rejects with a `FiscalError`: `ledger.missing` where there is no ledger,
 * `ledger.version` for one of another release, `ledger.schema`, `config.connection-string`,
 * `ledger.unavailable`.
 */
export async function openPostgresAudit(settings: PostgresAuditSettings): Promise<AuditSource> {
  checkConnection(settings);
  const names = schemaNames(settings.schema ?? 'fiscalkit');
  const client = new Client({
    connectionString: settings.connectionString,
    connectionTimeoutMillis,
    keepAlive: true,
    application_name: 'fiscalkit audit',
  });
  // The next statement reports a connection that broke between two.
  client.on('error', () => {});
  const snapshot = new Snapshot(client);
  try {
    await begin(client, names, snapshot);
  } catch (error) {
    await client.end().catch(() => {});
    throw asLedgerError(error);
  }
  return new PostgresAudit(snapshot, names);
}

async function begin(client: Client, names: SchemaNames, snapshot: Snapshot): Promise<void> {
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // The first read fixes what the transaction sees.
  await assertVersion(snapshot.read, names);
}

/** Throws a `FiscalError` unless this release has written the schema: `ledger.missing`, `ledger.version`. */
export async function assertVersion(read: RunStatement, names: SchemaNames): Promise<void> {
  const version = await readVersion(read, names);
  if (version === 0) throw ledgerMissing();
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
  if (version < currentVersion) throw ledgerOutdated();
}

import { Client } from 'pg';
import { checkConnection } from '../../store/postgres/check-connection.js';
import { asLedgerError } from '../../store/postgres/ledger-error.js';
import { type SchemaNames, schemaNames } from '../../store/postgres/schema/schema-names.js';
import type { AuditSource } from '../audit-source.js';
import { assertVersion } from './assert-version.js';
import { PostgresAudit } from './postgres-audit.js';
import { Snapshot } from './snapshot.js';

/** Which ledger to audit. */
export interface PostgresAuditSettings {
  /** `postgres://user:password@host:port/database`; the right to read is enough. */
  readonly connectionString: string;
  /** Schema of the ledger; `fiscalkit` when absent. */
  readonly schema?: string;
}

const connectionTimeoutMillis = 5_000;

/**
 * Opens the ledger in a PostgreSQL database to be verified, as it is at this moment; any number of processes may be at work on
 * it. Nothing is written. Rejects with a `FiscalError`: `ledger.missing` where there is no ledger, `ledger.version` for one of
 * another release, `ledger.schema`, `config.connection-string`, `ledger.unavailable`.
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
  // A connection that breaks between two statements is told of by the next one.
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
  await assertVersion(snapshot, names);
}

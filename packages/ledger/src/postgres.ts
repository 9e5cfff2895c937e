export { openPostgresAudit, type PostgresAuditSettings } from './audit/postgres/open-postgres-audit.js';
export { openPostgresReceipts } from './open-postgres-receipts.js';
export type {
  PaymentWithin,
  PlainStatement,
  TransactionClient,
  TransactionStatus,
} from './store/postgres/accept-within.js';
export { createPostgresStore, type PostgresStoreSettings } from './store/postgres/create-postgres-store.js';
export type { PostgresStore } from './store/postgres/postgres-store.js';

import type { LedgerStore } from '@fiscalkit/ledger';
import type { PostgresStoreSettings } from '@fiscalkit/ledger/postgres';

/**
 * Keeps the ledger in a PostgreSQL database, which any number of processes may share, and in which receipts
 * can be accepted within your own transactions. The driver is loaded only when this is used.
 */
export function postgres(settings: PostgresStoreSettings): () => Promise<LedgerStore> {
  return async () => {
    const { createPostgresStore } = await import('@fiscalkit/ledger/postgres');
    return createPostgresStore(settings);
  };
}

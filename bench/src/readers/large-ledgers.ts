import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { addTemplate } from '../growth/add-template.js';
import { fillPostgres } from '../growth/fill-postgres.js';
import { fillSqlite } from '../growth/fill-sqlite.js';
import { withClient } from '../postgres/with-client.js';
import { withServer } from '../postgres/with-server.js';
import { demoMerchant } from '../receipts/demo-merchant.js';

/** A store of ledgers. */
export interface LargeLedgers {
  readonly name: string;
  /** Does the work with the address of a ledger in which the demo merchant has so many finished receipts. */
  readonly withReceipts: <T>(receipts: number, work: (ledgerUrl: string) => Promise<T>) => Promise<T>;
}

const schema = 'fiscalkit';

/** The stores, each with a large ledger of one merchant. */
export const largeLedgers: readonly LargeLedgers[] = [
  {
    name: 'SQLite',
    async withReceipts(receipts, work) {
      const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-readers-'));
      try {
        const path = join(folder, 'ledger.sqlite');
        const empty = createSqliteStore({ path });
        await addTemplate(empty);
        await empty.close();
        await fillSqlite(path, receipts, demoMerchant.merchantId);
        return await work(`sqlite:${path}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'PostgreSQL',
    withReceipts: (receipts, work) =>
      withServer(async (connectionString) => {
        const empty = await createPostgresStore({ connectionString, schema });
        await addTemplate(empty);
        await empty.close();
        await withClient(connectionString, async (client) => {
          await fillPostgres(client, { schema, size: receipts, merchant: demoMerchant.merchantId });
          // What autovacuum and checkpoints would have done by the time that so many receipts had come in.
          await client.query('VACUUM ANALYZE');
          await client.query('CHECKPOINT');
        });
        return work(connectionString);
      }),
  },
];

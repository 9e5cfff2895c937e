import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPostgresReceipts } from './open-postgres-receipts.js';
import { openSqliteReceipts, type ReceiptReader } from './open-receipt-reader.js';
import type { LedgerStore } from './store/ledger-store.js';
import { newEntry } from './store/new-entry.fixture.js';
import { usePostgresStores } from './store/postgres/postgres-stores.fixture.js';
import { createSqliteStore } from './store/sqlite/create-sqlite-store.js';

const stores = usePostgresStores();
const merchant = 'shop';

/** A reader sees what is accepted while it is open, and reads as the store does. */
async function readsBeside(store: LedgerStore, reader: ReceiptReader): Promise<void> {
  const { entry } = await store.accept(newEntry({ document: { receipt_format: 'ru_1_05' } }));
  const query = { merchant, paymentIds: [entry.facets.paymentId] };
  const slice = { merchant, behind: null, limit: 9, withDocuments: true };
  const window = { from: new Date(0), before: new Date(4_000_000_000_000) };
  await store.seal();
  expect(await reader.receiptsOfPayments(query)).toEqual(await store.receiptsOfPayments(query));
  expect(await reader.receiptsOfPayments(query)).toHaveLength(1);
  const accepted = await reader.receiptsAccepted({ ...slice, ...window });
  expect(accepted.map(({ id, document }) => [id, document])).toEqual([[entry.id, entry.document]]);
  expect(await reader.receiptsRegisteredLate({ ...slice, registeredFrom: window.from })).toEqual([]);
  expect(await reader.lastSeal()).toEqual(await store.lastSeal());
  expect(await reader.lastSeal()).not.toBeNull();
  await reader.close();
}

it('SQLite is read beside its writer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-receipts-'));
  const path = join(folder, 'ledger.sqlite');
  expect(() => openSqliteReceipts(path)).toThrow(expect.objectContaining({ code: 'ledger.missing' }));
  const store = createSqliteStore({ path });
  await readsBeside(store, openSqliteReceipts(path));
  await store.close();
  rmSync(folder, { recursive: true });
});

it('PostgreSQL is read beside its writers', async () => {
  const schema = stores.newSchema();
  const { connectionString } = stores.server();
  await expect(openPostgresReceipts({ connectionString, schema })).rejects.toMatchObject({
    code: 'ledger.missing',
  });
  const store = await stores.open(schema);
  await readsBeside(store, await openPostgresReceipts({ connectionString, schema }));
});

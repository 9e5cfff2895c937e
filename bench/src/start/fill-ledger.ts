import { createSqliteStore } from '@fiscalkit/ledger';
import { addTemplate } from '../growth/add-template.js';
import { fillSqlite } from '../growth/fill-sqlite.js';

/** Makes a ledger with so many finished receipts in this file. */
export async function fillLedger(path: string, receipts: number): Promise<void> {
  const store = createSqliteStore({ path });
  await addTemplate(store);
  await store.close();
  await fillSqlite(path, receipts);
}

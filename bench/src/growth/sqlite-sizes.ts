import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@fiscalkit/ledger';
import type { Comparison } from '../comparison/comparison.js';
import { formatNumber } from '../report/format-number.js';
import { addTemplate } from './add-template.js';
import { compareSizes, type Effort } from './compare-sizes.js';
import { fillSqlite } from './fill-sqlite.js';
import { entryMaker, type LedgerUnderTest } from './ledger-under-test.js';

/** Compares ledgers of these sizes in SQLite files. */
export async function compareSqliteSizes(sizes: readonly number[], effort: Effort): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bench-'));
  const ledgers: LedgerUnderTest[] = [];
  try {
    for (const size of sizes) ledgers.push(await openFilled(join(folder, `${size}.sqlite`), size));
    return await compareSizes('SQLite', ledgers, effort);
  } finally {
    for (const { store } of ledgers) await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function openFilled(path: string, size: number): Promise<LedgerUnderTest> {
  const empty = createSqliteStore({ path });
  await addTemplate(empty);
  await empty.close();
  const finished = await fillSqlite(path, size);
  const store = createSqliteStore({ path });
  return { name: `${formatNumber(size)} receipts`, store, finished, newEntry: entryMaker(store) };
}

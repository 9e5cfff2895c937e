import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import type { Comparison } from '../comparison/comparison.js';
import { withClient } from '../postgres/with-client.js';
import { withServer } from '../postgres/with-server.js';
import { formatNumber } from '../report/format-number.js';
import { addTemplate } from './add-template.js';
import { compareSizes, type Effort } from './compare-sizes.js';
import { fillPostgres } from './fill-postgres.js';
import { entryMaker, type FinishedReceipt, type LedgerUnderTest } from './ledger-under-test.js';

/** Compares ledgers of these sizes in schemas of one PostgreSQL. */
export function comparePostgresSizes(sizes: readonly number[], effort: Effort): Promise<Comparison[]> {
  return withServer(async (connectionString) => {
    const ledgers: LedgerUnderTest[] = [];
    try {
      for (const size of sizes) ledgers.push(await openFilled(connectionString, size));
      return await compareSizes('PostgreSQL', ledgers, effort);
    } finally {
      for (const { store } of ledgers) await store.close();
    }
  });
}

async function openFilled(connectionString: string, size: number): Promise<LedgerUnderTest> {
  const schema = `receipts_${size}`;
  const empty = await createPostgresStore({ connectionString, schema });
  await addTemplate(empty);
  await empty.close();
  const finished = await fill(connectionString, schema, size);
  const store = await createPostgresStore({ connectionString, schema });
  return { name: `${formatNumber(size)} receipts`, store, finished, newEntry: entryMaker(store) };
}

function fill(connectionString: string, schema: string, size: number): Promise<FinishedReceipt[]> {
  return withClient(connectionString, async (client) => {
    const finished = await fillPostgres(client, { schema, size });
    // What autovacuum and checkpoints would have done by the time that so many receipts had come in.
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
    return finished;
  });
}

import { beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

/** Returns all rows of the schema, and where its sequences are. */
async function contentOf(schema: string): Promise<unknown> {
  const server = stores.server();
  const tables = await server.run(
    `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`,
  );
  const sequences = await server.run(
    `SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = '${schema}' ORDER BY 1`,
  );
  const rows = await Promise.all(
    tables.map(async ({ tablename }) => [
      tablename,
      await server.run(`SELECT * FROM ${schema}.${tablename}`),
    ]),
  );
  return { rows, sequences };
}

describe('a ledger for the next test', () => {
  const found: { readonly schema: string; readonly content: unknown }[] = [];

  beforeEach(async () => {
    const schema = await stores.emptyLedger();
    found.push({ schema, content: await contentOf(schema) });
  });

  it.each([0, 1, 2])('is as a new one, after %i tests that wrote', async () => {
    const [first, last] = [found[0], found.at(-1)];
    expect(last).toEqual(first);
    const store = await stores.open(last?.schema ?? '');
    await store.subscribe([{ handler: 'mail', kinds: ['receipt.registered'] }]);
    await store.eventLog.write(true);
    const { entry } = await store.accept(newEntry());
    const [claim] = await claimDue(store, { provider: 'memory', limit: 1, leaseMs: 30_000, worker: 'one' });
    await store.settle({ id: entry.id, fence: claim?.fence ?? 0, transition: registered });
    await store.eventLog.place();
    await store.seal();
    await store.declareRestored({ since: new Date(0), until: new Date() });
    expect(await contentOf(last?.schema ?? '')).not.toEqual(last?.content);
  });
});

import { expect, it } from 'vitest';
import { claimDue } from './claim-due.fixture.js';
import { registered } from './contract/sample-transitions.fixture.js';
import { dayMs, longLeaseMs } from './contract/store-harness.fixture.js';
import type { LedgerStore } from './ledger-store.js';
import { newEntry } from './new-entry.fixture.js';
import { usePostgresStores } from './postgres/postgres-stores.fixture.js';
import { inReceiptSlices, type StoredReceipt } from './receipt-reads.js';
import { createSqliteStore } from './sqlite/create-sqlite-store.js';

const stores = usePostgresStores();

/** Accepts receipts, lets `pass` make them older, and registers them and some of today. */
async function registerLate(store: LedgerStore, late: number, pass: () => Promise<unknown>) {
  const names = [{ account: ':shop@memory:', merchant: 'shop' }];
  const ids: string[] = [];
  for (let number = 0; number < late; number += 1) {
    const outcome = await store.accept(newEntry());
    ids.push(outcome.entry.id);
  }
  await store.accept(newEntry({ operation: 'confirmation.anor' }));
  await pass();
  await store.accept(newEntry());
  const query = { provider: 'memory', limit: 1_000, leaseMs: longLeaseMs, worker: 'one', names };
  for (const { entry, fence } of await claimDue(store, query))
    await store.settle({ id: entry.id, fence, transition: registered });
  return ids;
}

async function readLate(store: LedgerStore, registeredFrom: Date): Promise<string[]> {
  const read: StoredReceipt[] = [];
  const late = inReceiptSlices(
    true,
    (slice) => store.receiptsRegisteredLate({ merchant: 'shop', registeredFrom, ...slice }),
    ({ changedAt }) => changedAt,
  );
  for await (const portion of late) read.push(...portion);
  expect(read.every(({ document, state }) => document !== null && state === 'registered')).toBe(true);
  return read.map(({ id }) => id);
}

it('SQLite finds what was registered late, and nothing else', async () => {
  let now = Date.parse('2026-05-04T10:00:00Z');
  const store = createSqliteStore({ path: ':memory:', clock: () => new Date(now) });
  const ids = await registerLate(store, 210, async () => {
    now += 2 * dayMs;
  });
  expect((await readLate(store, new Date(0))).toSorted()).toEqual(ids.toSorted());
  expect(await readLate(store, new Date(now + 1))).toEqual([]);
  await store.close();
});

it('PostgreSQL finds what was registered late, and nothing else', async () => {
  const schema = stores.newSchema();
  const store = await stores.open(schema);
  const ids = await registerLate(store, 210, async () => {
    const client = await stores.connect();
    await client.query(`UPDATE ${schema}.deliveries SET accepted_at = accepted_at - ${2 * dayMs}`);
  });
  expect((await readLate(store, new Date(0))).toSorted()).toEqual(ids.toSorted());
  expect(await readLate(store, new Date(Date.now() + dayMs))).toEqual([]);
});

import { expect, it } from 'vitest';
import { newEntry } from '../new-entry.fixture.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();
const all = { merchant: 'shop', offset: 0, limit: 10 };

it('however many lists are read, they take two connections, and none of those that write', async () => {
  const store = await stores.open(stores.newSchema());
  const client = await stores.connect();
  const backends = async (): Promise<number[]> => {
    const { rows } = await client.query(
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'",
    );
    return rows.map(({ pid }) => pid);
  };
  await store.accept(newEntry());
  const before = await backends();
  const lists = await Promise.all(Array.from({ length: 12 }, () => store.list(all)));
  expect(lists.map(({ length }) => length)).toEqual(Array(12).fill(1));
  expect((await backends()).filter((pid) => !before.includes(pid))).toHaveLength(2);
});

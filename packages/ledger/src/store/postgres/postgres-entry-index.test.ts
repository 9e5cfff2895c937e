import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { found, updateIndex } from '../contract/entry-index.contract.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

describe('the index of entries of several processes', () => {
  let schema: string;
  let one: PostgresStore;
  let two: PostgresStore;

  beforeEach(async () => {
    schema = stores.newSchema();
    [one, two] = await Promise.all([stores.open(schema), stores.open(schema)]);
  });

  const all = (store = one) => found(store, { filter: { merchant: 'shop' } });
  const gaps = async () => {
    const client = await stores.connect();
    return (await client.query(`SELECT * FROM ${schema}.search_gaps`)).rows.length;
  };

  it('takes in what is committed late, and waits for nobody', async () => {
    const client = await stores.connect();
    await client.query('BEGIN');
    const held = newEntry();
    await one.acceptWithin(client, held);
    const second = await two.accept(newEntry());
    await updateIndex(two);
    expect(await all()).toEqual([second.entry.id]);
    await updateIndex(two);
    const third = await one.accept(newEntry());
    await updateIndex(one);
    expect(await all()).toEqual([third.entry.id, second.entry.id]);
    expect(await one.entryIndex.lagMs()).toBe(0);
    await client.query('COMMIT');
    expect(await one.entryIndex.lagMs()).toBeGreaterThan(0);
    // By another process than the one that noted the gap.
    await updateIndex(two);
    expect(await all()).toEqual([third.entry.id, second.entry.id, held.id]);
    expect(await one.entryIndex.lagMs()).toBe(0);
    expect(await gaps()).toBe(0);
  });

  it('forgets a gap that nothing can fill any more', async () => {
    const client = await stores.connect();
    await client.query('BEGIN');
    await one.acceptWithin(client, newEntry());
    const { entry } = await two.accept(newEntry());
    await updateIndex(one);
    expect(await gaps()).toBe(1);
    await updateIndex(one);
    expect(await gaps()).toBe(1);
    await client.query('ROLLBACK');
    await updateIndex(one);
    expect(await gaps()).toBe(0);
    expect(await all()).toEqual([entry.id]);
  });

  it('goes on where a process that died left off', async () => {
    const { entry } = await one.accept(newEntry());
    await updateIndex(one);
    const later = await one.accept(newEntry());
    await one.close();
    expect(await all(two)).toEqual([entry.id]);
    await updateIndex(two);
    expect(await all(two)).toEqual([later.entry.id, entry.id]);
  });

  it('leaves out nothing, whoever writes and takes in, and when', async () => {
    let isWriting = true;
    const indexing = [one, two].map(async (store) => {
      while (isWriting) {
        await store.entryIndex.update();
        await delay(1);
      }
    });
    const within = async () => {
      const client = await stores.connect();
      for (let index = 0; index < 20; index += 1) {
        await client.query('BEGIN');
        await one.acceptWithin(client, newEntry());
        await delay(Math.random() * 15);
        await client.query(index % 5 === 0 ? 'ROLLBACK' : 'COMMIT');
      }
    };
    const accepting = Array.from({ length: 120 }, async (_, index) => {
      await delay(Math.random() * 300);
      await (index % 2 ? one : two).accept(newEntry());
    });
    await Promise.all([within(), within(), ...accepting]);
    isWriting = false;
    await Promise.all(indexing);
    // Once a gap is noted, two looks at it.
    for (let time = 0; time < 3; time += 1) await updateIndex(two);
    const client = await stores.connect();
    const { rows } = await client.query(`SELECT id FROM ${schema}.entries ORDER BY sequence DESC`);
    expect(rows).toHaveLength(120 + 32);
    expect(await all()).toEqual(rows.map(({ id }) => id));
    expect(await gaps()).toBe(0);
  });

  it('takes in results that follow in the same update and in a later one', async () => {
    const facets = { paymentId: 'p', operationType: 'sell', totalMinor: 5 };
    const { entry } = await one.accept(newEntry({ facets }));
    await updateIndex(one);
    const [claim] = await claimDue(one, { provider: 'memory', limit: 1, leaseMs: 30_000, worker: 'w' });
    if (!claim) throw new Error('nothing was due');
    await one.settle({ id: entry.id, fence: claim.fence, entry, transition: registered });
    expect(await found(one, { text: 'document-1' })).toEqual([]);
    await updateIndex(two);
    expect(await found(one, { text: 'document-1' })).toEqual([entry.id]);
  });

  it.each(['REPEATABLE READ', 'SERIALIZABLE'])('takes in what a %s transaction accepts', async (level) => {
    const client = await stores.connect();
    await client.query(`BEGIN ISOLATION LEVEL ${level}`);
    const held = newEntry();
    await one.acceptWithin(client, held);
    await two.accept(newEntry());
    await updateIndex(two);
    await client.query('COMMIT');
    await updateIndex(one);
    expect(await all(two)).toContain(held.id);
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import type { LoggedEvent } from '../event-log.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

describe('the log of events of several processes', () => {
  let schema: string;
  let one: PostgresStore;
  let two: PostgresStore;

  beforeEach(async () => {
    schema = await stores.emptyLedger();
    [one, two] = await Promise.all([stores.open(schema), stores.open(schema)]);
    await one.eventLog.write(true);
  });

  /** Follows the log of the shop from its beginning, as one who asks again and again. */
  class Follower {
    readonly seen: LoggedEvent[] = [];

    async readOn(store = one): Promise<void> {
      const from = (this.seen.at(-1)?.position ?? 0) + 1;
      const { events } = await store.eventLog.read({ merchant: 'shop', from, limit: 10 });
      this.seen.push(...events);
      if (events.length > 0) await this.readOn(store);
    }

    get entries(): string[] {
      return this.seen.map(({ entryId }) => entryId);
    }
  }

  it('shows what was committed late after what was committed before, and misses nothing', async () => {
    const client = await stores.connect();
    await client.query('BEGIN');
    const held = newEntry();
    await one.acceptWithin(client, held);
    const second = await two.accept(newEntry());
    const follower = new Follower();
    await two.eventLog.place();
    await follower.readOn();
    expect(follower.entries).toEqual([second.entry.id]);
    const third = await one.accept(newEntry());
    await one.eventLog.place();
    await follower.readOn();
    await client.query('COMMIT');
    await two.eventLog.place();
    await follower.readOn();
    expect(follower.entries).toEqual([second.entry.id, third.entry.id, held.id]);
    expect(follower.seen.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('shows nothing of what was rolled back', async () => {
    const client = await stores.connect();
    await client.query('BEGIN');
    await one.acceptWithin(client, newEntry());
    await client.query('ROLLBACK');
    const { entry } = await one.accept(newEntry());
    await one.eventLog.place();
    const follower = new Follower();
    await follower.readOn();
    expect(follower.entries).toEqual([entry.id]);
  });

  it.each(['REPEATABLE READ', 'SERIALIZABLE'])('takes what a %s transaction accepts', async (level) => {
    const client = await stores.connect();
    await client.query(`BEGIN ISOLATION LEVEL ${level}`);
    const held = newEntry();
    await one.acceptWithin(client, held);
    await two.accept(newEntry());
    await two.eventLog.place();
    await client.query('COMMIT');
    await one.eventLog.place();
    const follower = new Follower();
    await follower.readOn(two);
    expect(follower.entries).toHaveLength(2);
    expect(follower.entries[1]).toBe(held.id);
  });

  it('shows each event once, in order per entry, whoever writes, places and reads, and when', async () => {
    const entries = 120;
    const follower = new Follower();
    let isWriting = true;
    const placing = [one, two].map(async (store) => {
      while (isWriting) {
        await store.eventLog.place();
        await delay(1);
      }
    });
    const reading = (async () => {
      while (isWriting) await follower.readOn(Math.random() < 0.5 ? one : two);
    })();
    const within = async () => {
      const client = await stores.connect();
      for (let index = 0; index < 20; index += 1) {
        await client.query('BEGIN');
        await one.acceptWithin(client, newEntry());
        await delay(Math.random() * 15);
        await client.query(index % 5 === 0 ? 'ROLLBACK' : 'COMMIT');
      }
    };
    const accepting = Array.from({ length: entries }, async (_, index) => {
      await delay(Math.random() * 300);
      await (index % 2 ? one : two).accept(newEntry());
    });
    const writing = Promise.all([within(), within(), ...accepting]);
    const total = entries + 32;
    const settling = (async () => {
      for (let settled = 0; settled < total; ) {
        const store = settled % 2 ? one : two;
        const claims = await claimDue(store, { provider: 'memory', limit: 9, leaseMs: 30_000, worker: 'w' });
        await Promise.all(
          claims.map(({ entry, fence }) =>
            store.settle({ id: entry.id, fence, entry, transition: registered }),
          ),
        );
        settled += claims.length;
        await delay(2);
      }
    })();
    await Promise.all([writing, settling]);
    isWriting = false;
    await Promise.all([...placing, reading]);
    await one.eventLog.place();
    await follower.readOn();
    expect(follower.seen.map(({ position }) => position)).toEqual(
      Array.from({ length: 2 * total }, (_, i) => i + 1),
    );
    const ofEntries = Map.groupBy(follower.seen, ({ entryId }) => entryId);
    expect(ofEntries.size).toBe(total);
    for (const events of ofEntries.values()) {
      expect(events.map(({ kind }) => kind)).toEqual(['receipt.accepted', 'receipt.registered']);
    }
  });

  it('calls back in another process when there are new events', async () => {
    let calls = 0;
    const stop = two.eventLog.onPlaced(() => {
      calls += 1;
    });
    // The first call is that of the new connection.
    await expect.poll(() => calls).toBe(1);
    await one.accept(newEntry());
    await one.eventLog.place();
    await expect.poll(() => calls).toBeGreaterThan(1);
    stop();
  });

  it('is written and read where transactions begin as repeatable read', async () => {
    const client = await stores.connect();
    const { rows } = await client.query('SELECT current_database() AS name');
    await client.query(
      `ALTER DATABASE ${rows[0].name} SET default_transaction_isolation = 'repeatable read'`,
    );
    try {
      const three = await stores.open(schema);
      await three.accept(newEntry());
      await three.eventLog.place();
      await three.eventLog.forget(60_000);
      expect((await three.eventLog.read({ merchant: 'shop', from: 0, limit: 5 })).events).toHaveLength(1);
    } finally {
      await client.query(`ALTER DATABASE ${rows[0].name} RESET default_transaction_isolation`);
    }
  });
});

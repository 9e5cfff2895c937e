import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

// What a commit does not wait for stays in memory for as long as the writer of the WAL sleeps.
const stores = usePostgresStores({ wal_writer_delay: '10s' });

async function setForDatabase(name: string, value: string): Promise<void> {
  const operator = await stores.connect();
  await operator.query(`ALTER DATABASE postgres SET ${name} = '${value}'`);
}

afterEach(async () => {
  const operator = await stores.connect();
  await operator.query('ALTER DATABASE postgres RESET ALL');
});

function claim(store: PostgresStore) {
  return claimDue(store, { provider: 'memory', limit: 100, leaseMs: 30_000, worker: 'one' });
}

describe('a database that does not wait for its disk', () => {
  it('loses nothing that was accepted, claimed or settled when its server dies', async () => {
    await setForDatabase('synchronous_commit', 'off');
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    const client = await stores.connect();
    await client.query('CREATE TABLE orders (id integer)');
    const settled = await store.accept(newEntry());
    const [held] = await claim(store);
    if (!held) throw new Error('nothing was due');
    const alone = await store.accept(newEntry());
    const group = await Promise.all([newEntry(), newEntry()].map((entry) => store.accept(entry)));
    await client.query('BEGIN');
    const within = await store.acceptWithin(client, newEntry());
    await client.query('SET LOCAL synchronous_commit = off');
    await client.query('COMMIT');
    await store.settle({ id: held.entry.id, fence: held.fence, transition: registered });
    await client.query('INSERT INTO orders VALUES (1)');

    await stores.server().crash();
    await stores.server().start();
    const survivor = await stores.open(schema);
    const ids = [settled, alone, ...group, within].map(({ entry }) => entry.id);
    const states = await Promise.all(ids.map(async (id) => (await survivor.entry(id))?.state));
    expect(states).toEqual(['registered', 'accepted', 'accepted', 'accepted', 'accepted']);
    const { rows } = await (await stores.connect()).query('SELECT * FROM orders');
    expect(rows, 'another commit is lost, so the server did die in time').toEqual([]);
  });

  it("leaves the caller's settings as they were", async () => {
    await setForDatabase('synchronous_commit', 'off');
    const store = await stores.open(stores.newSchema());
    const client = await stores.connect();
    // Those of a language are there from its first use on.
    await client.query("DO 'BEGIN END'");
    const settings = async () => {
      const { rows } = await client.query('SELECT name, setting FROM pg_settings ORDER BY name');
      return rows;
    };
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '7s'");
    const before = await settings();
    await store.acceptWithin(client, newEntry());
    expect(await settings()).toEqual(before);
    await client.query('COMMIT');
    expect((await client.query('SHOW synchronous_commit')).rows).toEqual([{ synchronous_commit: 'off' }]);
  });

  it('lets a stronger setting be', async () => {
    await setForDatabase('synchronous_commit', 'remote_apply');
    const schema = stores.newSchema();
    await stores.open(schema);
    const client = await stores.connect();
    await client.query(`BEGIN; UPDATE ${schema}.deliveries SET due_at = due_at`);
    expect((await client.query('SHOW synchronous_commit')).rows).toEqual([
      { synchronous_commit: 'remote_apply' },
    ]);
    await client.query('ROLLBACK');
  });
});

describe('a database with another isolation level', () => {
  const many = Array.from({ length: 150 }, (_, payment) => payment);

  async function acceptAndSettle(all: readonly PostgresStore[]): Promise<void> {
    // Entries of one payment meet, within a store and between the two.
    const entryOf = (payment: number) => newEntry({ orderingKey: `receipt:${payment % 140}` });
    const accepts = all.flatMap((store) => many.map((payment) => store.accept(entryOf(payment))));
    const outcomes = await Promise.all(accepts);
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    const settleAll = async (store: PostgresStore) => {
      for (let claims = await claim(store); claims.length > 0; claims = await claim(store)) {
        const settlements = claims.map(({ entry: { id }, fence }) =>
          store.settle({ id, fence, transition: registered }),
        );
        for (const { kind } of await Promise.all(settlements)) expect(kind).toBe('written');
      }
    };
    await Promise.all(all.map(settleAll));
  }

  it.each(['serializable', 'repeatable read'])(
    '%s takes what several processes hand in at once',
    async (level) => {
      await setForDatabase('default_transaction_isolation', level);
      const schema = stores.newSchema();
      await acceptAndSettle([await stores.open(schema), await stores.open(schema)]);
    },
  );

  /** Opens the ledger twice, and has both connect anew under the level. */
  async function openBefore(schema: string, level: string): Promise<readonly [PostgresStore, PostgresStore]> {
    const opened = [await stores.open(schema), await stores.open(schema)] as const;
    await setForDatabase('default_transaction_isolation', level);
    const operator = await stores.connect();
    await operator.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fiscalkit'`,
    );
    // Until each pool has let go of what was cut.
    await vi.waitFor(() => Promise.all(opened.map((store) => store.figures(0, 0))));
    await delay(100);
    return opened;
  }

  it('is noticed when it is set while the ledger is open', async () => {
    await acceptAndSettle(await openBefore(stores.newSchema(), 'repeatable read'));
  });

  it('hides no twin that another process has accepted meanwhile', async () => {
    const schema = stores.newSchema();
    const [one, other] = await openBefore(schema, 'repeatable read');
    const facets = { paymentId: 'p-1', operationType: 'sell', totalMinor: 500 };
    const twin = () =>
      newEntry({ facets, orderingKey: 'receipt:p-1', contentDigest: 'same', onTwin: 'refuse' });
    const blocked = newEntry();
    const blocker = await stores.connect();
    await blocker.query('BEGIN');
    // Whoever stores the same id waits for this transaction, and its snapshot grows old.
    await one.acceptWithin(
      blocker,
      newEntry({ id: blocked.id, idempotencyKey: 'key:other', orderingKey: 'other' }),
    );
    const group = Promise.all([one.accept(blocked), one.accept(twin())]);
    await delay(300);
    expect((await other.accept(twin())).kind).toBe('accepted');
    await blocker.query('ROLLBACK');
    expect((await group).map(({ kind }) => kind)).toEqual(['accepted', 'twin']);
  });
});

describe('a server that never waits for its disk', () => {
  const fsyncOff = usePostgresStores({ fsync: 'off' });

  it('is refused, unless it is allowed by name', async () => {
    const refused = { code: 'ledger.not-durable', retryable: false };
    await expect(fsyncOff.open(fsyncOff.newSchema())).rejects.toMatchObject(refused);
    const store = await fsyncOff.open(fsyncOff.newSchema(), { allowFsyncOff: true });
    expect((await store.accept(newEntry())).kind).toBe('accepted');
  });
});

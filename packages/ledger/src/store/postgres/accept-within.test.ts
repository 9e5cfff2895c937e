import { setTimeout as delay } from 'node:timers/promises';
import { type Client, Pool, type PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import type { NewEntry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { claimDue, nextDueInMs } from '../claim-due.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import type { TransactionClient } from './accept-within.js';
import { createPostgresStore } from './create-postgres-store.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

const rejected: Transition = {
  to: 'rejected',
  dueInMs: null,
  failures: 0,
  reason: { code: 'provider.rejected', message: 'No.' },
};

let store: PostgresStore;
let client: Client;

beforeEach(async () => {
  store = await stores.open(await stores.emptyLedger());
  client = await stores.connect();
});

const sale: Partial<NewEntry> = {
  orderingKey: 'receipt:1',
  facets: { paymentId: '1', operationType: 'sell', totalMinor: 500 },
};

function claim() {
  return claimDue(store, { provider: 'memory', limit: 10, leaseMs: 30_000, worker: 'one' });
}

async function settleAll(): Promise<string[]> {
  const claims = await claim();
  for (const { entry, fence } of claims) await store.settle({ id: entry.id, fence, transition: rejected });
  return claims.map(({ entry }) => entry.id);
}

describe("accepting within the caller's transaction", () => {
  it('stores the entry whole when the transaction commits, and wakes workers', async () => {
    const heard = vi.fn();
    store.onWake(heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    const entry = newEntry({ uniqueKeys: ['link:a'] });
    await client.query('BEGIN');
    const outcome = await store.acceptWithin(client, entry);
    expect(outcome).toMatchObject({ kind: 'accepted', entry });
    expect(await store.get('shop', entry.id)).toBeNull();
    await client.query('COMMIT');
    expect(await store.get('shop', entry.id)).toEqual(outcome.entry);
    expect(firstBrokenRow(await store.journal(entry.id))).toBeNull();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
    expect((await claim()).map((claimed) => claimed.entry.id)).toEqual([entry.id]);
  });

  it('leaves nothing behind when the transaction rolls back', async () => {
    const entry = newEntry({ uniqueKeys: ['link:a'] });
    await client.query('BEGIN');
    await store.acceptWithin(client, entry);
    await client.query('ROLLBACK');
    expect(await store.get('shop', entry.id)).toBeNull();
    expect(await store.journal(entry.id)).toEqual([]);
    expect((await store.accept(entry)).kind).toBe('accepted');
  });

  it('answers replays and conflicts without spoiling the transaction', async () => {
    const entry = newEntry({ idempotencyKey: 'key:1', uniqueKeys: ['link:a'] });
    await client.query('BEGIN');
    const { entry: first } = await store.acceptWithin(client, entry);
    expect(await store.acceptWithin(client, entry)).toEqual({ kind: 'replayed', entry: first });
    expect(await store.acceptWithin(client, newEntry({ idempotencyKey: 'key:1' }))).toEqual({
      kind: 'conflict',
      entry: first,
      over: 'idempotency-key',
    });
    expect(await store.acceptWithin(client, newEntry({ uniqueKeys: ['link:a'] }))).toMatchObject({
      over: 'link:a',
    });
    await client.query('COMMIT');
    expect(await store.get('shop', entry.id)).toEqual(first);
  });

  it('is one statement with one text value for everyone else', async () => {
    const entry = newEntry({ idempotencyKey: 'key:1' });
    const { text, values } = store.acceptStatement(entry);
    expect(values).toEqual([expect.any(String)]);
    const accepted = await client.query(text, [...values]);
    expect(accepted.rows).toMatchObject([{ kind: 'accepted', id: entry.id, over: null }]);
    expect(await store.get('shop', entry.id)).toMatchObject(entry);
    const other = store.acceptStatement(newEntry({ idempotencyKey: 'key:1' }));
    const conflict = await client.query(other.text, [...other.values]);
    expect(conflict.rows).toMatchObject([{ kind: 'conflict', id: entry.id, over: 'idempotency-key' }]);
  });

  it('is spelt for each kind of placeholder, by value alone', async () => {
    const { text, questionMarks, strings, values } = store.acceptStatement(newEntry());
    expect(questionMarks).toBe(text.replace('$1', '?'));
    expect(strings.join('$1')).toBe(text);
    expect(strings.raw).toEqual([...strings]);
    for (const each of strings) expect(each).not.toMatch(/[?$%]/);
    expect(values).toHaveLength(strings.length - 1);
  });

  it('comes before what another process accepts later for the payment, and holds up nobody else', async () => {
    const first = newEntry(sale);
    await client.query('BEGIN');
    await store.acceptWithin(client, first);
    const second = store.accept(newEntry(sale));
    expect((await store.accept(newEntry())).kind).toBe('accepted');
    expect(await Promise.race([second, delay(30, 'waits')])).toBe('waits');
    expect(await settleAll()).toHaveLength(1);
    await client.query('COMMIT');
    const { entry } = await second;
    expect(entry.dueAt).toBeNull();
    expect(await settleAll()).toEqual([first.id]);
    expect(await settleAll()).toEqual([entry.id]);
  });

  it('waits its turn when another transaction accepts for the payment', async () => {
    const other = await stores.connect();
    await Promise.all([client.query('BEGIN'), other.query('BEGIN')]);
    const { entry: first } = await store.acceptWithin(other, newEntry(sale));
    const second = store.acceptWithin(client, newEntry(sale));
    expect(await Promise.race([second, delay(30, 'waits')])).toBe('waits');
    await other.query('COMMIT');
    const outcome = await second;
    await client.query('COMMIT');
    expect(outcome.entry.sequence).toBeGreaterThan(first.sequence);
    expect(await settleAll()).toEqual([first.id]);
    expect(await settleAll()).toEqual([outcome.entry.id]);
  });

  it('forgets no refund whose sale ends while the transaction is open', async () => {
    await store.accept(newEntry(sale));
    const [held] = await claim();
    if (!held) throw new Error('nothing was due');
    await client.query('BEGIN');
    const { entry: refund } = await store.acceptWithin(client, newEntry(sale));
    expect(refund.dueAt).toBeNull();
    const settled = await store.settle({ id: held.entry.id, fence: held.fence, transition: rejected });
    expect(settled.kind).toBe('written');
    expect(await claim()).toEqual([]);
    await client.query('COMMIT');
    expect(await settleAll()).toEqual([refund.id]);
  });

  describe('without an open transaction', () => {
    const missing = { code: 'transaction.missing', retryable: false };
    const pools: Pool[] = [];

    afterEach(async () => {
      for (const pool of pools.splice(0)) await pool.end();
    });

    function openPool(): Pool {
      const pool = new Pool({ connectionString: stores.server().connectionString });
      pool.on('error', () => {});
      pools.push(pool);
      return pool;
    }

    it.each([
      ['a client before BEGIN', async () => client],
      [
        'a client after COMMIT',
        async () => {
          await client.query('BEGIN');
          await client.query('COMMIT');
          return client;
        },
      ],
      [
        'a client whose ROLLBACK is under way',
        async () => {
          await client.query('BEGIN');
          void client.query('ROLLBACK');
          return client;
        },
      ],
      ['a pool', async () => openPool() as unknown as TransactionClient],
      [
        'an object around a pool',
        async () => {
          const pool = openPool();
          const query: TransactionClient['query'] = (text, values) => pool.query(text, values);
          return { query } as TransactionClient;
        },
      ],
      [
        'a driver that wraps what the server says',
        async () => {
          const pool = openPool();
          const query: TransactionClient['query'] = (text, values) =>
            pool.query(text, values).catch((cause: unknown) => {
              throw new Error('The query failed.', { cause });
            });
          return { query } as TransactionClient;
        },
      ],
    ])('%s stores nothing', async (_name, given) => {
      const entry = newEntry();
      await expect(store.acceptWithin(await given(), entry)).rejects.toMatchObject(missing);
      expect(await store.get('shop', entry.id)).toBeNull();
    });

    it('a client whose BEGIN is under way has one', async () => {
      void client.query('BEGIN');
      const { entry } = await store.acceptWithin(client, newEntry());
      await client.query('ROLLBACK');
      expect(await store.get('shop', entry.id)).toBeNull();
    });

    it('an object around a client in a transaction has one', async () => {
      await client.query('BEGIN');
      const query: TransactionClient['query'] = (text, values) => client.query(text, values);
      const { entry } = await store.acceptWithin({ query } as TransactionClient, newEntry());
      await client.query('COMMIT');
      expect(await store.get('shop', entry.id)).toEqual(entry);
    });

    it('a failed transaction says so in its own words', async () => {
      await client.query('BEGIN');
      await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
      await expect(store.acceptWithin(client, newEntry())).rejects.toMatchObject({ code: '25P02' });
      await client.query('ROLLBACK');
    });

    it('what is no client in a transaction does not compile', () => {
      interface EntityManager {
        query<Row>(text: string, values?: unknown[]): Promise<Row>;
      }
      expectTypeOf<Client>().toExtend<TransactionClient>();
      expectTypeOf<PoolClient>().toExtend<TransactionClient>();
      expectTypeOf<Pool>().not.toExtend<TransactionClient>();
      expectTypeOf<EntityManager>().not.toExtend<TransactionClient>();
    });
  });

  describe('while another transaction holds the payment', () => {
    const busy = { code: 'payment.busy', retryable: true };
    let hasty: PostgresStore;

    beforeEach(async () => {
      const schema = stores.newSchema();
      hasty = await stores.open(schema, { paymentWaitMs: 150 });
      const other = await stores.connect();
      await other.query('BEGIN');
      await hasty.acceptWithin(other, newEntry(sale));
    });

    it('waits no longer than it was told to, and leaves the transaction as it was', async () => {
      await client.query("BEGIN; SET LOCAL lock_timeout = '1min'");
      const began = performance.now();
      await expect(hasty.acceptWithin(client, newEntry(sale))).rejects.toMatchObject(busy);
      const waitedMs = performance.now() - began;
      expect(waitedMs).toBeGreaterThan(140);
      expect(waitedMs).toBeLessThan(5_000);
      expect((await client.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '1min' }]);
      const { entry } = await hasty.acceptWithin(client, newEntry());
      await client.query('COMMIT');
      expect(await hasty.get('shop', entry.id)).toEqual(entry);
    });

    it("minds the caller's own shorter wait", async () => {
      const waiting = await stores.open(stores.newSchema(), { paymentWaitMs: 60_000 });
      await client.query("BEGIN; SET LOCAL lock_timeout = '50ms'");
      // Ledgers of one database share their locks.
      await expect(waiting.acceptWithin(client, newEntry(sale))).rejects.toMatchObject(busy);
      await client.query('ROLLBACK');
    });

    it('holds nothing of what it could not have', async () => {
      await client.query('BEGIN');
      const late = newEntry({ ...sale, uniqueKeys: ['link:free'] });
      await expect(hasty.acceptWithin(client, late)).rejects.toMatchObject(busy);
      expect((await hasty.accept(newEntry({ uniqueKeys: ['link:free'] }))).kind).toBe('accepted');
      await client.query('ROLLBACK');
    });

    it('answers as much to a statement', async () => {
      await client.query('BEGIN');
      const { text, values } = hasty.acceptStatement(newEntry(sale));
      expect((await client.query(text, [...values])).rows).toMatchObject([{ kind: 'busy', id: null }]);
      await client.query('COMMIT');
    });

    it('says so to whoever accepts outside of transactions', async () => {
      await expect(hasty.accept(newEntry(sale))).rejects.toMatchObject(busy);
      expect((await hasty.accept(newEntry())).kind).toBe('accepted');
    });
  });

  describe('under a fixed snapshot', () => {
    beforeEach(async () => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    });

    it('forgets no refund whose sale has ended since', async () => {
      await client.query('ROLLBACK');
      await store.accept(newEntry(sale));
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await client.query(`SELECT 1`);
      await settleAll();
      const { entry: refund } = await store.acceptWithin(client, newEntry(sale));
      await client.query('COMMIT');
      expect(await settleAll()).toEqual([refund.id]);
    });

    it('does not let a refund overtake the sale that it cannot see', async () => {
      await client.query(`SELECT 1`);
      const { entry: first } = await store.accept(newEntry(sale));
      const { entry: refund } = await store.acceptWithin(client, newEntry(sale));
      await client.query('COMMIT');
      expect((await claim()).map(({ entry }) => entry.id)).toEqual([first.id]);
      expect(await nextDueInMs(store, 'memory')).toBeGreaterThan(0);
      expect(refund.sequence).toBeGreaterThan(first.sequence);
    });

    it("ends in the driver's own error when the key was taken since: the caller repeats the transaction", async () => {
      await client.query(`SELECT 1`);
      const entry = newEntry();
      await store.accept(entry);
      const late = store.acceptWithin(client, newEntry({ idempotencyKey: entry.idempotencyKey }));
      await expect(late).rejects.toMatchObject({ code: '40001' });
      await client.query('ROLLBACK');
    });

    it.each(['REPEATABLE READ', 'SERIALIZABLE'])('lets no twin in that it cannot see (%s)', async (level) => {
      await client.query('ROLLBACK');
      await client.query(`BEGIN ISOLATION LEVEL ${level}`);
      await client.query('SELECT 1');
      const twin = () => newEntry({ ...sale, contentDigest: 'same', onTwin: 'refuse' });
      const { entry: first } = await store.accept(twin());
      const late = store.acceptWithin(client, twin());
      await expect(late).rejects.toMatchObject({ code: '40001' });
      await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('ROLLBACK');
      await client.query(`BEGIN ISOLATION LEVEL ${level}`);
      expect(await store.acceptWithin(client, twin())).toEqual({ kind: 'twin', entry: first });
      const meant = await store.acceptWithin(client, newEntry({ ...sale, contentDigest: 'same' }));
      expect(meant.kind).toBe('accepted');
      await client.query('COMMIT');
    });

    describe('of a statement', () => {
      const twin = (given: Partial<NewEntry> = {}) =>
        newEntry({ ...sale, contentDigest: 'same', onTwin: 'refuse', ...given });

      async function runOn(on: Client, entry: NewEntry): Promise<readonly unknown[]> {
        const { text, values } = store.acceptStatement(entry);
        return (await on.query(text, [...values])).rows;
      }

      async function begun(level: string): Promise<Client> {
        const other = await stores.connect();
        await other.query(`BEGIN ISOLATION LEVEL ${level}`);
        await other.query('SELECT 1 FROM pg_class LIMIT 1');
        return other;
      }

      it.each([
        ['REPEATABLE READ', 'REPEATABLE READ'],
        ['REPEATABLE READ', 'READ COMMITTED'],
        ['SERIALIZABLE', 'SERIALIZABLE'],
        ['SERIALIZABLE', 'READ COMMITTED'],
      ])(
        'ends one with a twin, in a transaction with %s, of another with %s',
        async (level, levelOfOther) => {
          const [late, first] = [await begun(level), await begun(levelOfOther)];
          const { id } = twin();
          expect(await runOn(first, twin({ id }))).toMatchObject([{ kind: 'accepted', id }]);
          const waits = runOn(late, twin());
          expect(await Promise.race([waits.catch(() => 'failed'), delay(30, 'waits')])).toBe('waits');
          await first.query('COMMIT');
          await expect(waits).rejects.toMatchObject({ code: '40001' });
          await late.query(`ROLLBACK; BEGIN ISOLATION LEVEL ${level}`);
          expect(await runOn(late, twin())).toMatchObject([{ kind: 'twin', id }]);
          await late.query('COMMIT');
        },
      );

      it('ends one whose document another has accepted that said less of it', async () => {
        const level = 'REPEATABLE READ';
        const [late, first] = [await begun(level), await begun(level)];
        const { document, id } = twin();
        await runOn(first, twin({ id, document, contentDigest: 'said less' }));
        await first.query('COMMIT');
        await expect(runOn(late, twin({ document }))).rejects.toMatchObject({ code: '40001' });
        await late.query('ROLLBACK');
      });

      it('lets in what only shares the payment, and a twin of what was rolled back', async () => {
        const level = 'REPEATABLE READ';
        const [late, first, rolledBack] = [await begun(level), await begun(level), await begun(level)];
        await runOn(rolledBack, twin());
        await rolledBack.query('ROLLBACK');
        await runOn(first, newEntry(sale));
        await first.query('COMMIT');
        expect(await runOn(late, twin())).toMatchObject([{ kind: 'accepted' }]);
        await late.query('COMMIT');
      });

      it('lets in what is handed in again after a rejection that it sees', async () => {
        for (let time = 1; time <= 2; time += 1) {
          const client = await begun('SERIALIZABLE');
          expect(await runOn(client, twin())).toMatchObject([{ kind: 'accepted' }]);
          await client.query('COMMIT');
          expect(await settleAll()).toHaveLength(1);
        }
      });
    });

    it('looks for twins also when callers have all connections of a shared pool', async () => {
      await client.query('ROLLBACK');
      const pool = new Pool({ connectionString: stores.server().connectionString, max: 1 });
      const sharing = await createPostgresStore({ pool, schema: stores.newSchema() });
      const only = await pool.connect();
      await only.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      expect((await sharing.acceptWithin(only, newEntry({ onTwin: 'refuse' }))).kind).toBe('accepted');
      await only.query('COMMIT');
      only.release();
      await sharing.close();
      await pool.end();
    });
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transition } from '../../entry/transition.js';
import { hashSeal } from '../../journal/seal.js';
import { claimDue } from '../claim-due.fixture.js';
import type { Claim } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';
import { schemaNames } from './migrations/schema-names.js';
import { PostgresDatabase } from './postgres-database.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';
import { prepareSeal } from './write-seals.js';

const stores = usePostgresStores();

const registered: Transition = {
  to: 'registered',
  dueInMs: null,
  failures: 0,
  registration: { providerDocumentId: null, mark: null, link: null, details: {} },
};

function claimFor(worker: string, limit = 7) {
  return { provider: 'memory', limit, leaseMs: 30_000, worker };
}

function samePayment(paymentId: string) {
  return {
    orderingKey: `receipt:${paymentId}`,
    facets: { paymentId, operationType: 'sell', totalMinor: 500 },
  };
}

describe('two processes on one PostgreSQL', () => {
  let schema: string;
  let one: PostgresStore;
  let two: PostgresStore;

  beforeEach(async () => {
    schema = await stores.emptyLedger();
    [one, two] = await Promise.all([stores.open(schema), stores.open(schema)]);
  });

  function kindsOf(outcomes: readonly { kind: string }[]) {
    return outcomes.map(({ kind }) => kind).sort();
  }

  it('make one entry of simultaneous repeats', async () => {
    const repeats = Array.from({ length: 60 }, (_, index) =>
      (index % 2 ? one : two).accept(newEntry({ idempotencyKey: 'key:1', contentDigest: 'same' })),
    );
    const outcomes = await Promise.all(repeats);
    expect(kindsOf(outcomes)).toEqual(['accepted', ...Array(59).fill('replayed')]);
    expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
  });

  it('accept one of simultaneous twins', async () => {
    const twins = Array.from({ length: 60 }, (_, index) =>
      (index % 2 ? one : two).accept(
        newEntry({ ...samePayment('1'), contentDigest: 'same', onTwin: 'refuse' }),
      ),
    );
    const outcomes = await Promise.all(twins);
    expect(kindsOf(outcomes)).toEqual(['accepted', ...Array(59).fill('twin')]);
    expect(new Set(outcomes.map(({ entry }) => entry.id)).size).toBe(1);
  });

  it('hold no more of an account than it bears, however many ask at the same time', async () => {
    const entries = Array.from({ length: 60 }, (_, index) =>
      newEntry({ merchant: index % 2 ? 'shop' : 'other', account: 'company@memory:' }),
    );
    await Promise.all(entries.map((entry) => one.accept(entry)));
    const shares = ['shop', 'other'].map((merchant) => ({
      account: 'company@memory:',
      merchant,
      limit: 5,
      mostHeld: 3,
    }));
    const ask = (store: PostgresStore) =>
      store.claim({ provider: 'memory', shares, leaseMs: 60_000, worker: 'one' });
    let held: Claim[] = [];
    let delivered = 0;
    for (let round = 0; round < 40; round += 1) {
      const claims = await Promise.all([one, two, one, two].map(ask));
      held = [...held, ...claims.flat()];
      expect(held.length).toBeLessThanOrEqual(3);
      for (const { entry, fence } of held.splice(0, 1 + (round % 3))) {
        await two.settle({ id: entry.id, fence, transition: registered });
        delivered += 1;
      }
    }
    expect(delivered).toBeGreaterThan(30);
  });

  it('keep the distance between calls of a kind together', async () => {
    const entries = Array.from({ length: 8 }, () => newEntry());
    await Promise.all(entries.map((entry) => one.accept(entry)));
    const { account, merchant } = newEntry();
    const ask = (store: PostgresStore, kind: 'submit' | 'poll') => {
      const shares = [{ account, merchant, limit: 5, kind, everyMs: 4_000 }];
      return store.claim({ provider: 'memory', shares, leaseMs: 60_000, worker: 'one' });
    };
    const askAll = async (kind: 'submit' | 'poll') =>
      (await Promise.all([one, two, one, two].map((store) => ask(store, kind)))).flat();
    const [first, ...more] = await askAll('submit');
    expect(more).toEqual([]);
    expect(await askAll('poll')).toEqual([]);
    expect(await ask(two, 'submit')).toEqual([]);
    if (!first) throw new Error('nothing was due');
    const pending = { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' } as const;
    await two.settle({ id: first.entry.id, fence: first.fence, transition: pending });
    expect(await askAll('poll')).toMatchObject([{ step: 'poll', entry: { id: first.entry.id } }]);
    await vi.waitFor(async () => expect(await askAll('submit')).toMatchObject([{ step: 'submit' }]), {
      timeout: 10_000,
    });
  });

  it('get the place of a process that was killed when its lease is over', async () => {
    await Promise.all([one.accept(newEntry()), one.accept(newEntry())]);
    const ask = (store: PostgresStore, leaseMs: number) => {
      const { account, merchant } = newEntry();
      const shares = [{ account, merchant, limit: 5, mostHeld: 1 }];
      return store.claim({ provider: 'memory', shares, leaseMs, worker: 'one' });
    };
    expect(await ask(one, 400)).toHaveLength(1);
    expect(await ask(two, 400)).toEqual([]);
    await vi.waitFor(async () => expect(await ask(two, 60_000)).toHaveLength(1), { timeout: 5_000 });
    expect(await ask(one, 400)).toEqual([]);
  });

  it.each([
    ['a key', () => newEntry({ idempotencyKey: 'key:1' })],
    ['a claim', () => newEntry({ uniqueKeys: ['link:a'] })],
  ])('let one of two win %s', async (_name, entry) => {
    const outcomes = await Promise.all([one.accept(entry()), two.accept(entry())]);
    expect(kindsOf(outcomes)).toEqual(['accepted', 'conflict']);
  });

  it('deliver every entry once, each payment in order and one at a time', async () => {
    const payments = Array.from({ length: 30 }, (_, index) => `payment-${index}`);
    for (const store of [one, two, one]) {
      await Promise.all(payments.map((payment) => store.accept(newEntry(samePayment(payment)))));
    }
    const delivered: Record<string, number[]> = {};
    const underWay = new Set<string>();

    async function deliver(store: PostgresStore, { entry, fence }: Claim): Promise<void> {
      const payment = entry.facets.paymentId;
      expect(underWay.has(payment)).toBe(false);
      underWay.add(payment);
      await delay(1);
      delivered[payment] = [...(delivered[payment] ?? []), entry.sequence];
      underWay.delete(payment);
      await store.settle({ id: entry.id, fence, transition: registered });
    }

    async function work(store: PostgresStore, worker: string): Promise<void> {
      for (let turns = 0; turns < 500; turns += 1) {
        const claims = await claimDue(store, claimFor(worker));
        await Promise.all(claims.map((claim) => deliver(store, claim)));
        if (Object.values(delivered).flat().length === 90) return;
      }
    }

    await Promise.all([work(one, 'one'), work(two, 'two')]);
    for (const sequences of Object.values(delivered)) {
      expect(sequences).toHaveLength(3);
      expect(sequences).toEqual([...sequences].sort((left, right) => left - right));
    }
    expect((await one.figures(0, 0)).byState).toMatchObject({ registered: 90, accepted: 0, sending: 0 });
  });

  it('wake each other, not themselves', async () => {
    const [heardByOne, heardByTwo] = [vi.fn(), vi.fn()];
    one.onWake(heardByOne);
    two.onWake(heardByTwo);
    await vi.waitFor(() => {
      expect(heardByOne).toHaveBeenCalled();
      expect(heardByTwo).toHaveBeenCalled();
    });
    heardByOne.mockClear();
    heardByTwo.mockClear();
    await one.accept(newEntry());
    await vi.waitFor(() => expect(heardByTwo).toHaveBeenCalledTimes(1));
    expect(heardByOne).not.toHaveBeenCalled();

    await one.subscribe([{ handler: 'mail', kinds: ['receipt.registered'] }]);
    const [claim] = await claimDue(one, claimFor('one'));
    heardByTwo.mockClear();
    await one.settle({ id: claim?.entry.id ?? '', fence: claim?.fence ?? 0, transition: registered });
    await vi.waitFor(() => expect(heardByTwo).toHaveBeenCalled());
  });

  it('seal what they write at the same time, every row once', async () => {
    const client = await stores.connect();
    let writing = true;
    async function write(store: PostgresStore, worker: string): Promise<void> {
      for (let turns = 0; turns < 10; turns += 1) {
        await Promise.all(Array.from({ length: 5 }, () => store.accept(newEntry())));
        const claims = await claimDue(store, claimFor(worker));
        await Promise.all(
          claims.map(({ entry, fence }) => store.settle({ id: entry.id, fence, transition: registered })),
        );
      }
    }
    async function sealOn(store: PostgresStore): Promise<void> {
      while (writing) await store.seal();
    }
    const sealing = [sealOn(one), sealOn(two)];
    await Promise.all([write(one, 'one'), write(two, 'two'), write(one, 'three')]);
    writing = false;
    await Promise.all(sealing);
    await one.seal();

    const { rows: seals } = await client.query(`SELECT * FROM ${schema}.seals ORDER BY number`);
    const { rows: journal } = await client.query(
      `SELECT position, encode(hash, 'hex') AS hash FROM ${schema}.journal ORDER BY position`,
    );
    expect(seals.length).toBeGreaterThan(1);
    let previous: string | null = null;
    for (const seal of seals) {
      const block = journal.splice(0, Number(seal.rows));
      expect(block.at(-1)?.position).toBe(seal.last_position);
      expect(seal.hash).toBe(hashSeal(previous, block));
      previous = seal.hash;
    }
    expect(journal).toEqual([]);
  });

  it('seal nothing that an open transaction may still precede', async () => {
    const client = await stores.connect();
    await client.query('BEGIN');
    await one.acceptWithin(client, newEntry());
    await two.accept(newEntry());
    const sealed = one.seal();
    expect(await Promise.race([sealed, delay(40, 'waits')])).toBe('waits');
    expect(await two.seal()).toBeNull();
    expect((await two.accept(newEntry())).kind).toBe('accepted');
    await client.query('COMMIT');
    expect(await sealed).toMatchObject({ number: 1, firstPosition: 1, lastPosition: 2, rows: 2 });
    expect(await two.seal()).toMatchObject({ number: 2, firstPosition: 3, rows: 1 });
  });
});

describe('a seal', () => {
  it('is given up while a transaction stays open, and made later', async () => {
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    const client = await stores.connect();
    const pool = new Pool({ connectionString: stores.server().connectionString });
    const seal = prepareSeal(schemaNames(schema), new PostgresDatabase({ pool, owned: true }), 20);
    await client.query('BEGIN');
    await store.acceptWithin(client, newEntry());
    await store.accept(newEntry());
    expect(await seal()).toBeNull();
    await client.query('COMMIT');
    expect(await seal()).toMatchObject({ rows: 2 });
    await pool.end();
  });
});

describe('events of two processes', () => {
  it('leave none waiting when one is handled while the next is announced', async () => {
    const schema = stores.newSchema();
    const [one, two] = [await stores.open(schema), await stores.open(schema)];
    await one.subscribe([{ handler: 'mail', kinds: ['receipt.accepted', 'receipt.registered'] }]);
    const heard = { handler: 'mail', limit: 100, leaseMs: 30_000, worker: 'one' };
    for (let turn = 0; turn < 10; turn += 1) {
      await Promise.all(Array.from({ length: 10 }, () => one.accept(newEntry())));
      const [claims, deliveries] = await Promise.all([
        claimDue(one, claimFor('one', 10)),
        two.claimDeliveries(heard),
      ]);
      await Promise.all([
        ...deliveries.map(({ id, fence }) => two.settleDelivery({ id, fence, result: 'done' })),
        ...claims.map(({ entry, fence }) => one.settle({ id: entry.id, fence, transition: registered })),
      ]);
      const rest = await two.claimDeliveries(heard);
      expect(rest.map(({ event }) => event.kind)).toEqual(Array(10).fill('receipt.registered'));
      await Promise.all(rest.map(({ id, fence }) => two.settleDelivery({ id, fence, result: 'done' })));
    }
    expect(await one.nextDeliveryInMs('mail')).toBeNull();
  });
});

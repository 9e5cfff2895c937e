import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry, NewEntry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { claimDue } from '../claim-due.fixture.js';
import { receipt } from '../contract/sale-entries.fixture.js';
import { registered, rejected } from '../contract/sample-transitions.fixture.js';
import type { Claim } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

/** A receipt of the payment, on the account that the merchant has now or had before. */
function of(paymentId: string, operationType: string, account = 'now'): NewEntry {
  return newEntry({
    ...receipt(operationType),
    orderingKey: `receipt:${account}:${paymentId}`,
    facets: { paymentId, operationType, totalMinor: 500 },
  });
}

const held = { state: 'accepted', dueAt: null, reason: { code: 'sale.rejected' } };

describe('a refund, handed in by one process while another ends its sale,', () => {
  let schema: string;
  let one: PostgresStore;
  let two: PostgresStore;

  beforeEach(async () => {
    schema = await stores.emptyLedger();
    [one, two] = await Promise.all([stores.open(schema), stores.open(schema)]);
  });

  function claim(store: PostgresStore): Promise<Claim[]> {
    return claimDue(store, { provider: 'memory', limit: 100, leaseMs: 30_000, worker: 'worker' });
  }

  async function claimedSale(entry: NewEntry): Promise<Claim> {
    await one.accept(entry);
    const claimed = (await claim(one)).find((each) => each.entry.id === entry.id);
    if (!claimed) throw new Error('the sale was due');
    return claimed;
  }

  function end({ entry, fence }: Claim, transition: Transition) {
    return one.settle({ id: entry.id, fence, transition });
  }

  async function stateOf({ id }: Pick<Entry, 'id'>) {
    return two.entry(id);
  }

  /** What is due by now; what was left to be looked at is looked at. */
  async function dueIds(): Promise<string[]> {
    const claims = [...(await claim(two)), ...(await claim(one))];
    return claims.map(({ entry }) => entry.id);
  }

  it.each(['now', 'before'])(
    'is never forgotten nor sent wrongly (account of the sale: %s)',
    async (account) => {
      const payments = Array.from({ length: 24 }, (_, index) => `payment-${index}`);
      const sales = payments.map((payment) => of(payment, 'sell', account));
      await Promise.all(sales.map((sale) => one.accept(sale)));
      const claims = await claim(one);
      expect(claims).toHaveLength(payments.length);
      const refunds = payments.map((payment) => of(payment, 'sell_refund'));
      const isRegistered = ({ entry }: Claim) => Number(entry.facets.paymentId.slice(8)) % 2 === 0;
      await Promise.all([
        ...claims.map((each) => end(each, isRegistered(each) ? registered : rejected)),
        ...refunds.map((refund) => two.accept(refund)),
      ]);
      const due = await dueIds();
      for (const [index, refund] of refunds.entries()) {
        if (index % 2 === 0) expect(due).toContain(refund.id);
        else expect(await stateOf(refund)).toMatchObject({ ...held, version: 2 });
      }
      expect(due).toHaveLength(payments.length / 2);
      const corrected = payments.filter((_, index) => index % 2 === 1).map((payment) => of(payment, 'sell'));
      await Promise.all(corrected.map((sale) => two.accept(sale)));
      await Promise.all((await claim(one)).map((each) => end(each, registered)));
      expect((await dueIds()).sort()).toEqual(
        refunds.flatMap(({ id }, index) => (index % 2 === 1 ? id : [])).sort(),
      );
    },
  );

  it.each([
    ['now', 'READ COMMITTED'],
    ['before', 'READ COMMITTED'],
    ['now', 'REPEATABLE READ'],
    ['before', 'SERIALIZABLE'],
  ])("is seen once the caller's transaction commits (account %s, %s)", async (account, isolation) => {
    const client = await stores.connect();
    for (const transition of [rejected, registered]) {
      const sale = await claimedSale(of(`payment-${transition.to}`, 'sell', account));
      const refund = of(`payment-${transition.to}`, 'sell_refund');
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      expect(await two.acceptWithin(client, refund)).toMatchObject({ kind: 'accepted' });
      await end(sale, transition);
      expect(await dueIds()).toEqual([]);
      await client.query('COMMIT');
      const isDue = transition === registered;
      expect(await dueIds()).toEqual(isDue ? [refund.id] : []);
      expect(await stateOf(refund)).toMatchObject(isDue ? { state: 'sending' } : held);
    }
  });

  it.each([
    ['rejected', rejected, false],
    ['registered', registered, true],
    ['not there', null, true],
  ])(
    'is not sent for what a fixed snapshot does not show: a sale that is %s',
    async (_name, transition, isDue) => {
      const client = await stores.connect();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await client.query(`SELECT count(*) FROM "${schema}".entries`);
      if (transition) await end(await claimedSale(of('1', 'sell')), transition);
      const refund = of('1', 'sell_refund');
      expect(await two.acceptWithin(client, refund)).toMatchObject({ entry: { dueAt: null, reason: null } });
      await client.query('COMMIT');
      expect(await dueIds()).toEqual(isDue ? [refund.id] : []);
      if (!isDue) expect(await stateOf(refund)).toMatchObject(held);
    },
  );

  it('is accepted with its sale in one transaction, and goes after it', async () => {
    const client = await stores.connect();
    const [sale, refund] = [of('1', 'sell'), of('1', 'sell_refund')];
    await client.query('BEGIN');
    await one.acceptWithin(client, sale);
    await one.acceptWithin(client, refund);
    await client.query('COMMIT');
    const [claimed, ...others] = await claim(one);
    expect(others).toEqual([]);
    if (!claimed) throw new Error('the sale was due');
    await end(claimed, registered);
    expect(await dueIds()).toEqual([refund.id]);
  });

  it('is looked at again when somebody had it locked as its sale ended', async () => {
    const sale = await claimedSale(of('1', 'sell'));
    const refund = of('1', 'sell_refund');
    await two.accept(refund);
    const client = await stores.connect();
    await client.query('BEGIN');
    await client.query(
      `SELECT FROM "${schema}".deliveries WHERE sequence = (SELECT sequence FROM "${schema}".entries WHERE id = $1) FOR UPDATE`,
      [refund.id],
    );
    expect(await end(sale, rejected)).not.toHaveProperty('held');
    expect(await dueIds()).toEqual([]);
    await client.query('ROLLBACK');
    expect(await dueIds()).toEqual([]);
    expect(await stateOf(refund)).toMatchObject(held);
  });

  it('is held when two processes reject its sales at once', async () => {
    const sales = [of('1', 'sell', 'before'), of('1', 'sell')];
    await Promise.all(sales.map((sale) => one.accept(sale)));
    const claims = await claim(one);
    const refund = of('1', 'sell_refund');
    await two.accept(refund);
    await Promise.all(
      claims.map(({ entry, fence }, index) =>
        (index === 0 ? one : two).settle({ id: entry.id, fence, transition: rejected }),
      ),
    );
    expect(await dueIds()).toEqual([]);
    expect(await stateOf(refund)).toMatchObject(held);
  });
});

it('a group of refunds is held, or goes, as each alone would', async () => {
  const store = await stores.open(stores.newSchema());
  const payments = ['rejected', 'registered', 'open', 'none'];
  await Promise.all(payments.slice(0, 3).map((payment) => store.accept(of(payment, 'sell'))));
  for (const { entry, fence } of await claimDue(store, {
    provider: 'memory',
    limit: 9,
    leaseMs: 30_000,
    worker: 'worker',
  })) {
    const transition = { rejected, registered }[entry.facets.paymentId];
    if (transition) await store.settle({ id: entry.id, fence, transition });
  }
  await store.subscribe([{ handler: 'mail', kinds: ['receipt.held'] }]);
  const outcomes = await Promise.all(payments.map((payment) => store.accept(of(payment, 'sell_refund'))));
  expect(outcomes.map(({ entry }) => [entry.version, entry.reason?.code, entry.dueAt !== null])).toEqual([
    [2, 'sale.rejected', false],
    [1, undefined, true],
    [1, undefined, false],
    [1, undefined, true],
  ]);
  for (const { entry } of outcomes) expect(await store.entry(entry.id)).toEqual(entry);
  const query = { handler: 'mail', limit: 9, leaseMs: 9_000, worker: 'one' };
  expect(await store.claimDeliveries(query)).toMatchObject([
    { event: { entry: { facets: { paymentId: 'rejected' } } } },
  ]);
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { claimDue } from '../claim-due.fixture.js';
import { registered } from '../contract/sample-transitions.fixture.js';
import { longLeaseMs, samePayment } from '../contract/store-harness.fixture.js';
import type { Intervention } from '../intervention-store.js';
import type { Claim } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';
import { prepareIntervene } from './intervene.js';
import { schemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';
import { prepareSettle } from './settle.js';

const stores = usePostgresStores();
const parked: Transition = { to: 'parked', dueInMs: null, failures: 0 };
const dueNow: Transition = { to: 'accepted', dueInMs: 0, failures: 0 };

describe('interventions beside other processes on PostgreSQL', () => {
  let schema: string;
  let one: PostgresStore;
  let two: PostgresStore;

  beforeEach(async () => {
    schema = await stores.emptyLedger();
    [one, two] = await Promise.all([stores.open(schema), stores.open(schema)]);
  });

  const claimAll = (store: PostgresStore) =>
    claimDue(store, { provider: 'memory', limit: 10, leaseMs: longLeaseMs, worker: 'one' });

  function decisionOn({ id, version }: Entry, transition: Transition): Intervention {
    return { id, version, transition, details: '{}' };
  }

  /** A sale that is being sent, and its refund, parked. */
  async function saleAndParkedRefund(): Promise<{ sale: Claim; refund: Entry }> {
    await one.accept(newEntry(samePayment('1')));
    const { entry } = await one.accept(newEntry(samePayment('1')));
    const [sale] = await claimAll(one);
    const stopped = await two.intervene(decisionOn(entry, parked));
    if (!sale || stopped.kind !== 'written') throw new Error('the entries are not as they should be');
    return { sale, refund: stopped.entry };
  }

  /** Does the work in a transaction of a connection of its own, and something else before that commits. */
  async function whileOpen(work: (run: RunStatement) => Promise<unknown>, meanwhile: () => Promise<unknown>) {
    const client = await stores.connect();
    await client.query('BEGIN');
    await work(async ({ text }, values = []) => (await client.query(text, [...values])).rows);
    await meanwhile();
    await client.query('COMMIT');
  }

  it('hide nothing that a wrong clock accepted at a time that is yet to come', async () => {
    const { entry } = await one.accept(newEntry());
    const stuck = () => two.stuck({ olderThanMs: 600_000, offset: 0, limit: 10 });
    expect(await stuck()).toEqual([]);
    const client = await stores.connect();
    await client.query(`UPDATE ${schema}.deliveries SET accepted_at = accepted_at + 18000000`);
    expect((await stuck()).map(({ id }) => id)).toEqual([entry.id]);
  });

  it('let an entry go on whose earlier one ends at the same time, unseen', async () => {
    const { sale, refund } = await saleAndParkedRefund();
    const settlement = { id: sale.entry.id, fence: sale.fence, transition: registered };
    await whileOpen(
      (run) => prepareSettle(schemaNames(schema), run)([settlement]),
      () => two.intervene(decisionOn(refund, dueNow)),
    );
    expect((await claimAll(two)).map(({ entry }) => entry.id)).toEqual([refund.id]);
  });

  it('let an entry go on whose earlier one ends before they are committed', async () => {
    const { sale, refund } = await saleAndParkedRefund();
    const settlement = { id: sale.entry.id, fence: sale.fence, transition: registered };
    await whileOpen(
      (run) => prepareIntervene(schemaNames(schema), run, '')(decisionOn(refund, dueNow)),
      () => one.settle(settlement),
    );
    expect((await claimAll(two)).map(({ entry }) => entry.id)).toEqual([refund.id]);
  });

  it('wake the others', async () => {
    const { entry } = await one.accept(newEntry());
    const heard = vi.fn();
    two.onWake(heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    heard.mockClear();
    await one.intervene(decisionOn(entry, dueNow));
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  });

  it('let no entry of a restored ledger be sent at once, however it comes in', async () => {
    await one.declareRestored({ since: new Date(Date.now() - 60_000), until: new Date(Date.now() + 60_000) });
    const steps: string[] = [];
    async function work(store: PostgresStore): Promise<void> {
      for (let turn = 0; turn < 60 && steps.length < 200; turn += 1) {
        steps.push(...(await claimAll(store)).map(({ step }) => step));
      }
    }
    const accepts = Array.from({ length: 200 }, (_, index) => (index % 2 ? one : two).accept(newEntry()));
    await Promise.all([...accepts, work(one), work(two)]);
    await work(one);
    expect(steps).toEqual(Array(200).fill('find'));
  });
});

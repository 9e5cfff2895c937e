import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import { transitionByOperator } from '../../entry/operator-transition.js';
import { nextDueInMs } from '../claim-due.fixture.js';
import type { InterventionOutcome } from '../intervention-store.js';
import { claimOnly, end, refund, sale } from './sale-entries.fixture.js';
import { outage, registered, rejected } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, useStore } from './store-harness.fixture.js';

const held = { state: 'accepted', dueAt: null, reason: { code: 'sale.rejected' }, attempts: 0 };

export function describeHeldEntries(open: OpenStore): void {
  describe('held entries', () => {
    const harness = useStore(open);
    const { accepted, claim, settle } = harness;

    async function heldRefund(): Promise<Entry> {
      await end(harness, await accepted(sale), rejected);
      return accepted(refund);
    }

    async function entryOf({ id }: Pick<Entry, 'id'>): Promise<Entry> {
      const entry = await harness.store.entry(id);
      if (!entry) throw new Error('the entry is there');
      return entry;
    }

    async function intervene(
      given: Pick<Entry, 'id'>,
      decision: Parameters<typeof transitionByOperator>[1],
    ): Promise<InterventionOutcome> {
      const entry = await entryOf(given);
      const transition = transitionByOperator(entry, decision);
      if (typeof transition === 'string') throw new Error(transition);
      const details = JSON.stringify({ action: decision.action, by: 'vera', reason: 'Called.' });
      return harness.store.intervene({ id: entry.id, version: entry.version, transition, details });
    }

    const retry = (entry: Pick<Entry, 'id'>) => intervene(entry, { action: 'retry' });
    const park = (entry: Pick<Entry, 'id'>) => intervene(entry, { action: 'park' });
    const reject = (entry: Pick<Entry, 'id'>) => intervene(entry, { action: 'resolve', registration: null });
    const register = (entry: Pick<Entry, 'id'>) =>
      intervene(entry, {
        action: 'resolve',
        registration: { providerDocumentId: null, mark: null, link: null, details: {} },
      });

    it('wait for a person, who sees them at once', async () => {
      const back = await heldRefund();
      const stuck = await harness.store.stuck({ olderThanMs: dayMs, offset: 0, limit: 10 });
      expect(stuck.map(({ state }) => state).sort()).toEqual(['accepted', 'rejected']);
      expect(stuck).toContainEqual(back);
      await accepted();
      expect(await harness.store.stuck({ olderThanMs: dayMs, offset: 0, limit: 10 })).toHaveLength(2);
    });

    it('are counted until they go or are dropped', async () => {
      const figures = async () => (await harness.store.figures(0, 0)).held;
      const [first, second] = [await heldRefund(), await accepted(refund)];
      expect(await figures()).toBe(2);
      await park(first);
      await retry(second);
      expect(await figures()).toBe(0);
    });

    it('are let go by a person, and then are held no more', async () => {
      const back = await heldRefund();
      expect(await retry(back)).toMatchObject({
        kind: 'written',
        entry: { state: 'accepted', reason: null, dueAt: expect.any(Date) },
      });
      const [first] = await claim();
      if (!first) throw new Error('nothing was due');
      await settle(first, { to: 'accepted', dueInMs: 0, failures: 1, reason: outage });
      await end(harness, back, registered);
    });

    it('are let go in any order', async () => {
      await heldRefund();
      const second = await accepted(refund);
      await retry(second);
      await end(harness, second, registered);
      expect(await claim()).toEqual([]);
    });

    it('let go hold up what passed them and was not begun, and nobody is told that it is due', async () => {
      const back = await heldRefund();
      const corrected = await accepted(sale);
      await retry(back);
      await end(harness, back, { to: 'unknown', dueInMs: dayMs, failures: 1 });
      expect(await claim()).toEqual([]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeGreaterThan(dayMs / 2);
      await register(back);
      expect(await nextDueInMs(harness.store, 'memory')).toBe(0);
      await claimOnly(harness, corrected);
    });

    it('are dropped by a person', async () => {
      const back = await heldRefund();
      expect(await reject(back)).toMatchObject({ kind: 'written', entry: { state: 'rejected' } });
      await end(harness, await accepted(sale), registered);
      expect(await claim()).toEqual([]);
    });

    it('come from a sale that a person rejects, and go on with one that a person registers', async () => {
      const [first, back] = [await accepted(sale), await accepted(refund)];
      expect(await reject(first)).toMatchObject({ kind: 'written', held: [{ id: back.id, ...held }] });
      const second = await accepted(sale);
      expect(await register(second)).not.toHaveProperty('held');
      await claimOnly(harness, back);
    });

    it('are held again when they were parked, and a person retries them', async () => {
      const back = await heldRefund();
      await park(back);
      expect(await retry(back)).toMatchObject({ kind: 'written', entry: { id: back.id, ...held } });
      expect(await claim()).toEqual([]);
      await retry(back);
      await claimOnly(harness, back);
    });

    it('include what was parked before its sale was rejected, once it is retried', async () => {
      const [first, back] = [await accepted(sale), await accepted(refund)];
      await park(back);
      expect(await end(harness, first, rejected)).not.toHaveProperty('held');
      const outcome = await retry(back);
      expect(outcome).toMatchObject({ entry: held, held: [{ id: back.id }] });
      expect(await entryOf(back)).toEqual(outcome.kind === 'written' && outcome.entry);
    });

    it('include nothing that was parked until its sale was registered', async () => {
      const back = await heldRefund();
      await park(back);
      await end(harness, await accepted(sale), registered);
      expect(await claim()).toEqual([]);
      await retry(back);
      await claimOnly(harness, back);
    });

    it.each(['parked', 'unknown'] as const)('include nothing whose sale is %s: that waits', async (to) => {
      const [first, back] = [await accepted(sale), await accepted(refund)];
      await end(harness, first, { to, dueInMs: to === 'parked' ? null : dayMs, failures: 1 });
      await retry(back);
      expect(await entryOf(back)).toMatchObject({ state: 'accepted', dueAt: null, reason: null });
      expect(await claim()).toEqual([]);
    });

    it('do not go because the ledger was restored', async () => {
      const back = await heldRefund();
      const now = Date.now();
      await harness.store.declareRestored({ since: new Date(now - dayMs), until: new Date(now + dayMs) });
      expect(await claim()).toEqual([]);
      const corrected = await accepted(sale);
      const search = await claimOnly(harness, corrected);
      expect(search.step).toBe('find');
      await settle(search, registered);
      expect(await claimOnly(harness, back)).toMatchObject({ step: 'find', entry: { state: 'unknown' } });
    });

    it('are announced once, as they are held', async () => {
      await harness.store.subscribe([{ handler: 'mail', kinds: ['receipt.held'] }]);
      const [first, early] = [await accepted(sale), await accepted(refund)];
      await end(harness, first, rejected);
      const late = await accepted(refund);
      await end(harness, await accepted(sale), rejected);
      const query = { handler: 'mail', limit: 9, leaseMs: 9_000, worker: 'one' };
      const deliveries = await harness.store.claimDeliveries(query);
      expect(deliveries.map(({ event }) => [event.kind, event.entry.id])).toEqual([
        ['receipt.held', early.id],
        ['receipt.held', late.id],
      ]);
    });

    it('are told of in the journal, row by row', async () => {
      const back = await heldRefund();
      await end(harness, await accepted(sale), registered);
      const rows = (await harness.store.journal(back.id)).map(({ from, to, details }) => [
        from,
        to,
        JSON.parse(details).reason,
      ]);
      expect(rows).toEqual([
        [null, 'accepted', undefined],
        ['accepted', 'accepted', 'sale.rejected'],
        ['accepted', 'accepted', undefined],
      ]);
    });
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { fiscalEventKinds } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import { nextVersionKey } from '../../entry/operator-action.js';
import type { Transition } from '../../entry/transition.js';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { nextDueInMs } from '../claim-due.fixture.js';
import { eventHarness } from './event-harness.fixture.js';
import { registered, registration, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, samePayment, shortLeaseMs, useStore } from './store-harness.fixture.js';

const parked: Transition = { to: 'parked', dueInMs: null, failures: 0 };
const dueNow = (to: 'accepted' | 'pending' | 'unknown'): Transition => ({ to, dueInMs: 0, failures: 0 });

export function describeInterventions(open: OpenStore): void {
  describe('an intervention', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;
    const { subscribe, kindsDelivered } = eventHarness(harness);

    async function latest(id: string): Promise<Entry> {
      const entry = await harness.store.entry(id);
      if (!entry) throw new Error('the entry is not there');
      return entry;
    }

    function intervene({ id, version }: Pick<Entry, 'id' | 'version'>, transition: Transition, note = '{}') {
      return harness.store.intervene({ id, version, transition, details: note });
    }

    it('is written with a row of the journal, also when the state stays', async () => {
      const entry = await accepted();
      const stopped = await intervene(entry, parked, '{"action":"park"}');
      expect(stopped).toEqual({ kind: 'written', entry: await latest(entry.id) });
      expect(await latest(entry.id)).toMatchObject({ state: 'parked', version: 2, dueAt: null });
      await intervene(await latest(entry.id), parked, '{"action":"note"}');
      const rows = await harness.store.journal(entry.id);
      expect(rows.map(({ from, to, details }) => [from, to, details])).toEqual([
        [null, 'accepted', expect.any(String)],
        ['accepted', 'parked', '{"action":"park"}'],
        ['parked', 'parked', '{"action":"note"}'],
      ]);
      expect(firstBrokenRow(rows)).toBeNull();
      const [, second, third] = rows;
      expect([second?.at, third && (await latest(entry.id)).changedAt]).toEqual([second?.at, second?.at]);
    });

    it('is refused for another version than the one that was decided on, and for an id that is none', async () => {
      const entry = await accepted();
      await intervene(entry, parked);
      const before = await latest(entry.id);
      expect(await intervene(entry, dueNow('accepted'))).toEqual({ kind: 'changed' });
      expect(await latest(entry.id)).toEqual(before);
      expect(await intervene({ id: 'no-such-id', version: 1 }, parked)).toEqual({ kind: 'changed' });
    });

    it('is refused while a worker holds the entry', async () => {
      await accepted();
      const sending = await claimed();
      expect(await intervene(sending.entry, parked)).toEqual({ kind: 'changed' });
      await settle(sending, dueNow('unknown'));
      const finding = await claimed();
      expect(await intervene(finding.entry, parked)).toEqual({ kind: 'changed' });
      expect((await settle(finding, registered)).kind).toBe('written');
    });

    it('fences off a worker whose lease ran out', async () => {
      await accepted();
      await settle(await claimed(), dueNow('unknown'));
      const lost = await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      expect((await intervene(lost.entry, dueNow('unknown'))).kind).toBe('written');
      expect(await settle(lost, registered)).toEqual({ kind: 'lease-lost' });
      const taken = await claimed();
      expect(taken).toMatchObject({ step: 'find', entry: { state: 'unknown' } });
      expect(taken.fence).toBeGreaterThan(lost.fence + 1);
    });

    it('stops delivery, also of later entries of the payment, until another lets it go on', async () => {
      const sale = await accepted(samePayment('1'));
      const refund = await accepted(samePayment('1'));
      await intervene(sale, parked);
      expect(await claim()).toEqual([]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeNull();
      await intervene(await latest(sale.id), dueNow('accepted'));
      expect(await nextDueInMs(harness.store, 'memory')).toBe(0);
      const sent = await claimed();
      expect(sent.entry.id).toBe(sale.id);
      await settle(sent, registered);
      expect((await claimed()).entry.id).toBe(refund.id);
    });

    it('makes an entry due whose time has not come', async () => {
      const { id } = await accepted();
      await settle(await claimed(), waitsAfterOutage('unknown', dayMs));
      await intervene(await latest(id), dueNow('unknown'));
      expect(await claimed()).toMatchObject({ step: 'find', entry: { id } });
    });

    it('lets no entry overtake an earlier one of its payment', async () => {
      const sale = await accepted(samePayment('1'));
      const refund = await accepted(samePayment('1'));
      await intervene(refund, dueNow('accepted'));
      const first = await claim();
      expect(first.map(({ entry }) => entry.id)).toEqual([sale.id]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeGreaterThan(0);
      for (const each of first) await settle(each, registered);
      expect((await claimed()).entry.id).toBe(refund.id);
    });

    it('lets an entry go on whose earlier one ended while it was parked', async () => {
      const sale = await accepted(samePayment('1'));
      const refund = await accepted(samePayment('1'));
      await intervene(refund, parked);
      const sent = await claimed();
      expect(sent.entry.id).toBe(sale.id);
      await settle(sent, registered);
      expect(await claim()).toEqual([]);
      await intervene(await latest(refund.id), dueNow('accepted'));
      expect((await claimed()).entry.id).toBe(refund.id);
    });

    it('that registers has all that follows from a registration', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      const entry = await accepted({ ...samePayment('1'), uniqueKeys: ['link:a'] });
      const next = await accepted(samePayment('1'));
      await intervene(entry, registered);
      expect(await latest(entry.id)).toMatchObject({
        state: 'registered',
        registration,
        providerDocumentId: 'document-1',
        reason: null,
      });
      expect(await harness.store.boundDocumentIds(next)).toEqual(new Set(['document-1']));
      expect((await claimed()).entry.id).toBe(next.id);
      const other = await harness.store.accept({
        ...next,
        id: 'x',
        idempotencyKey: 'x',
        uniqueKeys: ['link:a'],
      });
      expect(other.kind).toBe('conflict');
      expect(await kindsDelivered()).toContain('receipt.registered');
      const { byState } = await harness.store.figures(0, 0);
      expect(byState).toMatchObject({ registered: 1, sending: 1, accepted: 0 });
    });

    it('that rejects has all that follows from a rejection', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      const entry = await accepted({ ...samePayment('1'), uniqueKeys: ['link:a'] });
      const next = await accepted(samePayment('1'));
      await intervene(entry, rejected);
      expect(await latest(entry.id)).toMatchObject({ state: 'rejected', reason: rejected.reason });
      await accepted({ uniqueKeys: ['link:a'] });
      expect((await claim()).map(({ entry: { id } }) => id)).toContain(next.id);
      expect(await kindsDelivered()).toContain('receipt.rejected');
      expect((await harness.store.figures(0, 0)).byState.rejected).toBe(1);
    });

    it('on a final entry ends nothing a second time', async () => {
      await subscribe('mail', 'receipt.rejected');
      const entry = await accepted();
      await settle(await claimed(), rejected);
      await intervene(await latest(entry.id), rejected, '{"action":"resubmit"}');
      expect(await kindsDelivered()).toEqual(['receipt.rejected']);
      expect((await harness.store.figures(0, 0)).byState.rejected).toBe(1);
      expect(await latest(entry.id)).toMatchObject({ state: 'rejected', reason: rejected.reason });
    });

    it('of two on the same version is written once', async () => {
      const entry = await accepted();
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => intervene(entry, parked)));
      expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(1);
      expect((await latest(entry.id)).version).toBe(2);
    });
  });

  describe('what waits for a person', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;
    const all = { olderThanMs: 0, offset: 0, limit: 10 };
    const idsStuck = async (given: Partial<Parameters<typeof harness.store.stuck>[0]> = {}) =>
      (await harness.store.stuck({ ...all, ...given })).map(({ id }) => id);

    /** Entries in this order: a parked one, a rejected one, an unknown one, one that only waits. */
    async function four(): Promise<[string, string, string, string]> {
      const first = await accepted();
      await harness.store.intervene({ id: first.id, version: 1, transition: parked, details: '{}' });
      await delay(2);
      const second = await accepted({ merchant: 'other' });
      await settle(await claimed(), rejected);
      await delay(2);
      const third = await accepted();
      await settle(await claimed(), waitsAfterOutage('unknown', dayMs));
      await delay(2);
      const fourth = await accepted({ provider: 'another' });
      return [first.id, second.id, third.id, fourth.id];
    }

    it('is listed with what has not changed for longest first', async () => {
      const done = await accepted();
      await settle(await claimed(), registered);
      const ids = await four();
      expect(await idsStuck()).toEqual(ids);
      expect(await idsStuck()).not.toContain(done.id);
      expect(await idsStuck({ offset: 1, limit: 2 })).toEqual(ids.slice(1, 3));
    });

    it('has been accepted for some time, unless it is parked or rejected', async () => {
      const [isParked, isRejected] = await four();
      expect(await idsStuck({ olderThanMs: dayMs })).toEqual([isParked, isRejected]);
    });

    it('is doubtful, however short the time', async () => {
      await accepted();
      const claim = await claimed();
      const reason = { code: 'provider.doubtful', message: 'It may be there.' };
      await settle(claim, { ...waitsAfterOutage('unknown', dayMs), reason });
      expect(await idsStuck({ olderThanMs: dayMs })).toEqual([claim.entry.id]);
    });

    it('is listed by merchant and by state', async () => {
      const [isParked, isRejected, isUnknown, isAccepted] = await four();
      expect(await idsStuck({ merchants: ['other'] })).toEqual([isRejected]);
      expect(await idsStuck({ merchants: ['shop'], states: ['parked', 'accepted'] })).toEqual([
        isParked,
        isAccepted,
      ]);
      expect(
        await idsStuck({ merchants: ['other', 'nobody', 'shop'], states: ['rejected', 'unknown'] }),
      ).toEqual([isRejected, isUnknown]);
      expect(await idsStuck({ merchants: [] })).toEqual([]);
      expect(await idsStuck({ states: ['unknown'] })).toEqual([isUnknown]);
      expect(await idsStuck({ states: ['registered'] })).toEqual([]);
      expect(await idsStuck({ states: [] })).toEqual([]);
    });

    it('is no more what was handed in again', async () => {
      const entry = await accepted();
      await settle(await claimed(), rejected);
      expect(await harness.store.successor(entry)).toBeNull();
      const idempotencyKey = nextVersionKey(entry.id);
      await accepted({ merchant: 'other', idempotencyKey });
      expect(await idsStuck({ states: ['rejected'] })).toEqual([entry.id]);
      const again = await accepted({ idempotencyKey });
      expect(await idsStuck({ states: ['rejected'] })).toEqual([]);
      expect(await harness.store.successor(entry)).toEqual(again);
      const [newest, oldest] = await harness.store.list({ merchant: entry.merchant, offset: 0, limit: 10 });
      expect(oldest).toMatchObject({ id: entry.id, supersededBy: again.id });
      expect(newest?.id).toBe(again.id);
      expect(newest).not.toHaveProperty('supersededBy');
    });

    it('is counted while its outcome is unknown for long', async () => {
      await accepted();
      await accepted();
      await settle(await claimed({ limit: 1 }), waitsAfterOutage('unknown', dayMs));
      expect((await harness.store.figures(0, 0)).unknownForLong).toBe(1);
      expect((await harness.store.figures(0, dayMs)).unknownForLong).toBe(0);
    });

    it('can be read whoever the merchant is', async () => {
      const entry = await accepted({ merchant: 'other' });
      expect(await harness.store.entry(entry.id)).toEqual(entry);
      expect(await harness.store.entry('no-such-id')).toBeNull();
    });
  });
}

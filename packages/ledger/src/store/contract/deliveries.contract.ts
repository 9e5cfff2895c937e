import { setTimeout as delay } from 'node:timers/promises';
import { fiscalEventKinds } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { eventHarness } from './event-harness.fixture.js';
import { registered } from './sample-transitions.fixture.js';
import { longLeaseMs, type OpenStore, shortLeaseMs, useStore } from './store-harness.fixture.js';

export function describeDeliveries(open: OpenStore): void {
  describe('deliveries of events', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;
    const { subscribe, deliveries, delivery, end } = eventHarness(harness);

    it('go to one worker only, no more than asked', async () => {
      await subscribe('mail', 'receipt.accepted');
      for (let count = 0; count < 5; count += 1) await accepted();
      const shares = await Promise.all([deliveries({ limit: 3 }), deliveries({ worker: 'two', limit: 3 })]);
      expect(new Set(shares.flat().map(({ id }) => id)).size).toBe(5);
      expect(Math.max(...shares.map(({ length }) => length))).toBe(3);
    });

    it('wait for the earlier one of their entry', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      await accepted();
      await settle(await claimed(), registered);
      const first = await deliveries();
      expect(first.map(({ event }) => event.kind)).toEqual(['receipt.accepted']);
      expect(await deliveries()).toEqual([]);
      for (const each of first) await end(each, { retryInMs: 0 });
      const again = await deliveries();
      expect(again.map(({ event, attempts }) => [event.kind, attempts])).toEqual([['receipt.accepted', 2]]);
      for (const each of again) await end(each);
      expect(await harness.store.nextDeliveryInMs('mail')).toBe(0);
      expect((await delivery()).event.kind).toBe('receipt.registered');
    });

    it('come again when they are due again', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      const first = await delivery();
      await end(first, { retryInMs: 999.5 });
      expect(await deliveries()).toEqual([]);
      const dueInMs = await harness.store.nextDeliveryInMs('mail');
      expect(dueInMs).toBeGreaterThan(0);
      expect(dueInMs).toBeLessThanOrEqual(1_000);
      await delay(1_030);
      const again = await delivery();
      expect(again).toMatchObject({ event: { id: first.event.id }, attempts: 2 });
      expect(again.fence).toBeGreaterThan(first.fence);
    });

    it('pass on when the lease runs out, and are fenced then', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      const lost = await delivery({ leaseMs: shortLeaseMs });
      expect(await deliveries({ worker: 'two' })).toEqual([]);
      await delay(2 * shortLeaseMs);
      const taken = await delivery({ worker: 'two' });
      expect(await end(lost)).toBe('lease-lost');
      expect(await end(taken)).toBe('written');
      expect(await end(taken)).toBe('lease-lost');
      expect(await harness.store.nextDeliveryInMs('mail')).toBeNull();
    });

    it('take one result per lease', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      const held = await delivery();
      expect(await end(held, { retryInMs: 0 })).toBe('written');
      expect(await end(held)).toBe('lease-lost');
      expect(await deliveries()).toHaveLength(1);
    });

    it('say when the next lease runs out', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      expect(await harness.store.nextDeliveryInMs('mail')).toBe(0);
      await delivery();
      const nextInMs = await harness.store.nextDeliveryInMs('mail');
      expect(nextInMs).toBeGreaterThan(0);
      expect(nextInMs).toBeLessThanOrEqual(longLeaseMs);
    });
  });
}

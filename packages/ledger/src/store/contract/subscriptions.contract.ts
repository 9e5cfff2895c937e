import { describe, expect, it } from 'vitest';
import { eventHarness } from './event-harness.fixture.js';
import { registered } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, useStore } from './store-harness.fixture.js';

export function describeSubscriptions(open: OpenStore): void {
  describe('events and their subscribers', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;
    const { subscribe, deliveries, delivery, end, kindsDelivered } = eventHarness(harness);

    it('are not written when nobody wants them', async () => {
      await subscribe('mail', 'receipt.registered');
      await accepted();
      await accepted({ operation: 'confirmation.anor' });
      expect(await deliveries()).toEqual([]);
      expect(await deliveries({ handler: 'books' })).toEqual([]);
      expect(await harness.store.nextDeliveryInMs('mail')).toBeNull();
    });

    it('begin with the subscription', async () => {
      await accepted();
      await subscribe('mail', 'receipt.accepted');
      const second = await accepted();
      expect((await deliveries()).map(({ event }) => event.entry.id)).toEqual([second.id]);
    });

    it('go to every handler on its own', async () => {
      await subscribe('mail', 'receipt.accepted');
      await subscribe('books', 'receipt.accepted', 'receipt.registered');
      await accepted();
      await end(await delivery(), { retryInMs: dayMs });
      await settle(await claimed(), registered);
      expect(await kindsDelivered('books')).toEqual(['receipt.accepted', 'receipt.registered']);
      expect(await deliveries()).toEqual([]);
      expect(await harness.store.nextDeliveryInMs('books')).toBeNull();
    });

    it('are dropped when a handler no longer wants them, and those behind them go on', async () => {
      await subscribe('mail', 'receipt.accepted', 'receipt.registered');
      await accepted();
      const dropped = await delivery();
      await settle(await claimed(), registered);
      await subscribe('mail', 'receipt.registered');
      expect(await end(dropped)).toBe('lease-lost');
      expect(await kindsDelivered()).toEqual(['receipt.registered']);
      await accepted();
      expect(await deliveries()).toEqual([]);
    });

    it('are kept through a subscription that changes nothing', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      const held = await delivery();
      await subscribe('mail', 'receipt.accepted');
      await subscribe('books', 'receipt.accepted');
      expect(await end(held)).toBe('written');
      await accepted();
      expect(await deliveries()).toHaveLength(1);
    });

    it('end when the handler is forgotten', async () => {
      await subscribe('mail', 'receipt.accepted');
      await accepted();
      await subscribe('mail');
      await accepted();
      expect(await deliveries()).toEqual([]);
      expect(await harness.store.nextDeliveryInMs('mail')).toBeNull();
    });
  });
}

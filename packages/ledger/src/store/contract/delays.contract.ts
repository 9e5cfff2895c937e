import { setTimeout as delay } from 'node:timers/promises';
import { fiscalEventKinds } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { eventHarness } from './event-harness.fixture.js';
import { registered, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, useStore } from './store-harness.fixture.js';

export function describeDelays(open: OpenStore): void {
  describe('events of delays', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;
    const { subscribe, deliveries, kindsDelivered, raise } = eventHarness(harness);

    it('tell once that an entry is unknown for long', async () => {
      await subscribe('mail', 'receipt.unknown-for-long');
      const { id } = await accepted();
      await accepted();
      await settle(await claimed({ limit: 1 }), waitsAfterOutage('unknown', dayMs));
      expect(await raise('unknown-for-long', dayMs)).toBe(0);
      expect(await raise('unknown-for-long')).toBe(1);
      expect(await raise('unknown-for-long')).toBe(0);
      expect((await deliveries()).map(({ event }) => [event.kind, event.entry.id])).toEqual([
        ['receipt.unknown-for-long', id],
      ]);
    });

    it('tell once that an entry is overdue, the oldest first', async () => {
      await subscribe('mail', 'receipt.overdue', 'payment.overdue');
      await accepted({ provider: 'another' });
      await settle(await claimed({ provider: 'another' }), registered);
      const oldest = await accepted();
      await delay(2);
      const youngest = await accepted({ operation: 'confirmation.anor' });
      expect(await raise('overdue', dayMs)).toBe(0);
      expect(await raise('overdue', 0, 1)).toBe(1);
      const first = await deliveries();
      expect(await raise('overdue')).toBe(1);
      expect(await raise('overdue')).toBe(0);
      const delivered = [...first, ...(await deliveries())].map(({ event }) => [event.kind, event.entry.id]);
      expect(delivered).toEqual([
        ['receipt.overdue', oldest.id],
        ['payment.overdue', youngest.id],
      ]);
    });

    it('come in order with what else happens to the entry', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      await accepted();
      const claim = await claimed();
      await settle(claim, waitsAfterOutage('unknown', 0));
      await raise('unknown-for-long');
      await raise('overdue');
      await settle(await claimed(), registered);
      expect(await kindsDelivered()).toEqual([
        'receipt.accepted',
        'receipt.unknown-for-long',
        'receipt.overdue',
        'receipt.registered',
      ]);
    });
  });
}

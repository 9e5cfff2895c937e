import { fiscalEventKinds } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import type { EventDelivery } from '../event-store.js';
import { eventHarness } from './event-harness.fixture.js';
import { registered, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-harness.fixture.js';

export function describeEventTransitions(open: OpenStore): void {
  describe('events of transitions', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;
    const { subscribe, deliveries, delivery, end, kindsDelivered } = eventHarness(harness);

    it.each([
      ['receipt', registered, ['receipt.accepted', 'receipt.registered']],
      ['receipt', rejected, ['receipt.accepted', 'receipt.rejected']],
      ['correction', registered, ['correction.accepted', 'correction.registered']],
      ['correction', rejected, ['correction.accepted', 'correction.rejected']],
      ['confirmation.anor', registered, ['payment.accepted', 'payment.confirmed']],
      ['confirmation.anor', rejected, ['payment.accepted', 'payment.rejected']],
    ] as const)('tell the story of a %s, in order', async (operation, transition, story) => {
      await subscribe('mail', ...fiscalEventKinds);
      await accepted({ operation });
      await settle(await claimed(), transition);
      expect(await kindsDelivered()).toEqual(story);
    });

    it('carry the entry as it is', async () => {
      await subscribe('mail', 'receipt.registered');
      const { id } = await accepted();
      const outcome = await settle(await claimed(), registered);
      const { event, handler, attempts } = await delivery();
      expect({ handler, attempts }).toEqual({ handler: 'mail', attempts: 1 });
      expect(event.kind).toBe('receipt.registered');
      expect(event.entry).toEqual(await harness.store.get('shop', id));
      expect(outcome).toEqual({ kind: 'written', entry: event.entry });
      expect(event.at).toEqual(event.entry.changedAt);
    });

    it('have ids that tell them apart, the same for every handler and every call', async () => {
      await harness.store.subscribe([
        { handler: 'mail', kinds: fiscalEventKinds },
        { handler: 'books', kinds: fiscalEventKinds },
      ]);
      await accepted();
      await accepted();
      const ids = (of: readonly EventDelivery[]) => of.map(({ event }) => event.id).sort();
      const first = await deliveries();
      for (const each of first) await end(each, { retryInMs: 0 });
      const again = await deliveries();
      expect(new Set(ids(first)).size).toBe(2);
      expect(ids(again)).toEqual(ids(first));
      expect(ids(await deliveries({ handler: 'books' }))).toEqual(ids(first));
      for (const each of again) await end(each);
      await settle(await claimed(), registered);
      expect(ids(first)).not.toContain((await delivery()).event.id);
    });

    it('are not written for repeats, conflicts, and results that came too late', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      await accepted({ idempotencyKey: 'key:1', contentDigest: 'same' });
      const claim = await claimed();
      await settle(claim, registered);
      await settle(claim, rejected);
      const again = { idempotencyKey: 'key:1', contentDigest: 'same' };
      const { entry } = await harness.store.accept({ ...claim.entry, ...again });
      await harness.store.accept({ ...entry, contentDigest: 'other' });
      expect(await kindsDelivered()).toEqual(['receipt.accepted', 'receipt.registered']);
    });

    it('are not written for steps that end nothing', async () => {
      await subscribe('mail', ...fiscalEventKinds);
      await accepted();
      await settle(await claimed(), waitsAfterOutage('accepted', 0));
      await settle(await claimed(), waitsAfterOutage('unknown', 0));
      expect(await kindsDelivered()).toEqual(['receipt.accepted']);
    });
  });
}

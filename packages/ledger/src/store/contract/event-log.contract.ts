import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../event-log.js';
import { registered, rejected } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-harness.fixture.js';

export function describeEventLog(open: OpenStore): void {
  describe('the log of events', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;

    async function placed(): Promise<void> {
      while (await harness.store.eventLog.place());
    }

    async function read(from = 0, merchant = 'shop', limit = 100) {
      await placed();
      return harness.store.eventLog.read({ merchant, from, limit });
    }

    function summary(events: readonly LoggedEvent[]) {
      return events.map(({ position, kind, entryId }) => [position, kind, entryId]);
    }

    it('is empty until it is switched on', async () => {
      await accepted();
      expect(await read()).toEqual({ isWritten: false, generation: 0, last: 0, events: [] });
      await harness.store.eventLog.write(true);
      const entry = await accepted();
      expect(summary((await read()).events)).toEqual([[1, 'receipt.accepted', entry.id]]);
    });

    it('shows each event with its entry as it is now', async () => {
      await harness.store.eventLog.write(true);
      const entry = await accepted();
      await settle(await claimed(), registered);
      const { events, last, generation } = await read();
      expect([generation, last]).toEqual([1, 2]);
      expect(events).toMatchObject([
        { position: 1, kind: 'receipt.accepted', id: `${entry.id}:1:receipt.accepted`, state: 'registered' },
        { position: 2, kind: 'receipt.registered', state: 'registered', paymentId: entry.facets.paymentId },
      ]);
      expect(events[1]?.registration).toEqual(registered.registration);
      expect(Math.abs((events[0]?.at.getTime() ?? 0) - entry.acceptedAt.getTime())).toBeLessThan(1_000);
    });

    it('has the reason of a rejection, and what is held because of it', async () => {
      await harness.store.eventLog.write(true);
      await accepted();
      await settle(await claimed(), rejected);
      const { events } = await read();
      expect(events.map(({ kind, reasonCode }) => [kind, reasonCode])).toEqual([
        ['receipt.accepted', rejected.reason?.code],
        ['receipt.rejected', rejected.reason?.code],
      ]);
    });

    it('numbers the events of each merchant', async () => {
      await harness.store.eventLog.write(true);
      const first = await accepted();
      const other = await accepted({ merchant: 'other' });
      const second = await accepted();
      expect(summary((await read()).events)).toEqual([
        [1, 'receipt.accepted', first.id],
        [2, 'receipt.accepted', second.id],
      ]);
      expect(summary((await read(0, 'other')).events)).toEqual([[1, 'receipt.accepted', other.id]]);
      expect(summary((await read(2)).events)).toEqual([[2, 'receipt.accepted', second.id]]);
      expect(summary((await read(0, 'shop', 1)).events)).toEqual([[1, 'receipt.accepted', first.id]]);
      expect(await read(0, 'nobody')).toEqual({ isWritten: true, generation: 1, last: 0, events: [] });
      expect(await harness.store.eventLog.last(['shop', 'other', 'nobody'])).toEqual(
        new Map([
          ['shop', 2],
          ['other', 1],
          ['nobody', 0],
        ]),
      );
    });

    it('forgets the first events, and goes on behind them', async () => {
      await harness.store.eventLog.write(true);
      await accepted();
      await accepted();
      await placed();
      expect(await harness.store.eventLog.forget(60_000)).toBe(false);
      expect((await read()).events).toHaveLength(2);
      expect(await harness.store.eventLog.forget(-1_000)).toBe(false);
      expect(await read()).toMatchObject({ last: 2, events: [] });
      await accepted();
      expect(await read()).toMatchObject({ last: 3, events: [{ position: 3 }] });
    });

    it('begins anew when it was off', async () => {
      await harness.store.eventLog.write(true);
      await accepted();
      await placed();
      await harness.store.eventLog.write(true);
      expect((await read()).generation).toBe(1);
      await harness.store.eventLog.write(false);
      await accepted();
      expect(await read()).toMatchObject({ isWritten: false, generation: 1, last: 1 });
      await harness.store.eventLog.write(true);
      const entry = await accepted();
      expect(await read()).toMatchObject({ generation: 2, last: 1, events: [{ entryId: entry.id }] });
    });

    it('shows every event once to who follows it, while many are accepted and registered', async () => {
      await harness.store.eventLog.write(true);
      const entries = 60;
      const seen: LoggedEvent[] = [];
      let isDone = false;
      const follow = async () => {
        while (true) {
          const wasDone = isDone;
          const { events } = await read((seen.at(-1)?.position ?? 0) + 1, 'shop', 7);
          seen.push(...events);
          if (wasDone && events.length === 0) return;
          await immediate();
        }
      };
      const following = follow();
      await Promise.all(Array.from({ length: entries }, () => accepted()));
      for (let settled = 0; settled < entries; ) {
        const claims = await harness.claim();
        await Promise.all(claims.map((claim) => settle(claim, registered)));
        settled += claims.length;
      }
      isDone = true;
      await following;
      expect(seen.map(({ position }) => position)).toEqual(
        Array.from({ length: 2 * entries }, (_, i) => i + 1),
      );
      expect(new Set(seen.map(({ id }) => id)).size).toBe(2 * entries);
      const kindsOf = Map.groupBy(seen, ({ entryId }) => entryId);
      for (const kinds of kindsOf.values()) {
        expect(kinds.map(({ kind }) => kind)).toEqual(['receipt.accepted', 'receipt.registered']);
      }
    });
  });
}

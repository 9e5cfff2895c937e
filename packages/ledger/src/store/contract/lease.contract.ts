import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { registered, waitsAfterOutage } from './sample-transitions.fixture.js';
import { type OpenStore, shortLeaseMs, useStore } from './store-harness.fixture.js';

export function describeLease(open: OpenStore): void {
  describe('a lease', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;

    it('passes on when it runs out: what was being sent is unknown', async () => {
      const entry = await accepted();
      const lost = await claimed({ leaseMs: shortLeaseMs });
      expect(await claim({ worker: 'two' })).toEqual([]);
      await delay(2 * shortLeaseMs);
      const taken = await claimed({ worker: 'two' });
      expect(taken).toMatchObject({ step: 'find', entry: { id: entry.id, state: 'unknown', attempts: 1 } });
      expect(taken.fence).toBeGreaterThan(lost.fence);
      expect(taken.entry.reason?.code).toBe('ledger.lease-lost');
    });

    it('fences: whoever lost it writes nothing', async () => {
      const entry = await accepted();
      const lost = await claimed({ leaseMs: shortLeaseMs });
      await delay(2 * shortLeaseMs);
      const taken = await claimed({ worker: 'two' });
      expect(await settle(lost, registered)).toEqual({ kind: 'lease-lost' });
      expect(await harness.store.get('shop', entry.id)).toEqual(taken.entry);
      expect((await settle(taken, registered)).kind).toBe('written');
    });

    it('ends with its result', async () => {
      await accepted();
      const claim = await claimed();
      await settle(claim, waitsAfterOutage('unknown', 0));
      expect(await settle(claim, registered)).toEqual({ kind: 'lease-lost' });
    });

    it('outlasts nothing but itself: results of different entries share a turn', async () => {
      for (let count = 0; count < 5; count += 1) await accepted();
      const claims = await claim();
      const outcomes = await Promise.all(claims.map((each) => settle(each, registered)));
      expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('written'));
    });
  });
}

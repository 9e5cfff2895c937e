import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nextDueInMs } from '../claim-due.fixture.js';
import { outage, registered, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { type OpenStore, samePayment, useStore } from './store-harness.fixture.js';

export function describeClaim(open: OpenStore): void {
  describe('claim', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;

    it('makes an accepted entry sending and counts the attempt', async () => {
      const entry = await accepted();
      const claim = await claimed();
      expect(claim).toMatchObject({
        step: 'submit',
        entry: { id: entry.id, state: 'sending', attempts: 1 },
      });
      expect(claim.entry.firstAttemptAt).toEqual(claim.entry.lastAttemptAt);
      expect(claim.claimedAt).toEqual(claim.entry.lastAttemptAt);
      expect(await harness.store.get('shop', entry.id)).toEqual(claim.entry);
    });

    it('hands an entry to one worker only', async () => {
      for (let count = 0; count < 5; count += 1) await accepted();
      const shares = await Promise.all([claim({ worker: 'one', limit: 3 }), claim({ worker: 'two' })]);
      const ids = shares.flat().map(({ entry }) => entry.id);
      expect(ids).toHaveLength(5);
      expect(new Set(ids).size).toBe(5);
    });

    it('takes no more than asked and only from the provider', async () => {
      for (let count = 0; count < 3; count += 1) await accepted();
      await accepted({ provider: 'another' });
      expect(await claim({ limit: 2 })).toHaveLength(2);
      expect(await claim()).toHaveLength(1);
      expect(await claim({ provider: 'another' })).toHaveLength(1);
    });

    it('holds a refund back until its sale is final', async () => {
      const sale = await accepted(samePayment('1'));
      const refund = await accepted(samePayment('1'));
      const [first, ...others] = await claim();
      expect(first?.entry.id).toBe(sale.id);
      expect(others).toEqual([]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeGreaterThan(0);
      if (first) await settle(first, { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' });
      const poll = await claimed();
      expect(poll).toMatchObject({ step: 'poll', entry: { id: sale.id } });
      await settle(poll, registered);
      expect(await nextDueInMs(harness.store, 'memory')).toBe(0);
      expect((await claimed()).entry.id).toBe(refund.id);
    });

    it('goes on with the next entry after a rejected one, in order', async () => {
      const entries = [await accepted(samePayment('1')), await accepted(samePayment('1'))];
      entries.push(await accepted(samePayment('1')));
      for (const { id } of entries) {
        const claim = await claimed();
        expect(claim.entry.id).toBe(id);
        await settle(claim, rejected);
      }
      expect(await claim()).toEqual([]);
    });

    it('delivers different payments, and the same payment on different accounts, in parallel', async () => {
      await accepted(samePayment('1'));
      await accepted(samePayment('2'));
      await accepted({ ...samePayment('1'), merchant: 'other', orderingKey: 'receipt:other:1' });
      expect(await claim()).toHaveLength(3);
    });

    it('delivers a payment of two merchants on one account in order, and tells their documents apart', async () => {
      const one = await accepted(samePayment('1'));
      const other = await accepted({ ...samePayment('1'), merchant: 'other' });
      const [first, ...others] = await claim();
      expect(first?.entry).toMatchObject({ id: one.id, account: one.account });
      expect(others).toEqual([]);
      if (first) await settle(first, registered);
      const next = await claimed();
      expect(next.entry.id).toBe(other.id);
      expect(await harness.store.boundDocumentIds(next.entry)).toEqual(
        new Set([registered.registration?.providerDocumentId]),
      );
    });

    it('waits until an entry is due', async () => {
      await accepted();
      await settle(await claimed(), waitsAfterOutage('accepted', 1_000));
      expect(await claim()).toEqual([]);
      const dueInMs = await nextDueInMs(harness.store, 'memory');
      expect(dueInMs).toBeGreaterThan(0);
      expect(dueInMs).toBeLessThanOrEqual(1_000);
      await delay(1_030);
      expect(await claimed()).toMatchObject({ step: 'submit', entry: { attempts: 2 } });
    });

    it.each([
      ['pending', 'poll'],
      ['unknown', 'find'],
    ] as const)('is due for the step that its state %s asks for', async (to, step) => {
      await accepted();
      await settle(await claimed(), { to, dueInMs: 0, failures: 0, reason: outage });
      expect(await claimed()).toMatchObject({ step, entry: { state: to, attempts: 1 } });
    });
  });
}

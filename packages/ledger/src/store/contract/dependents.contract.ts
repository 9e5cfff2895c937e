import { describe, expect, it } from 'vitest';
import { nextDueInMs } from '../claim-due.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import { claimOnly, closing, end, receipt, refund, sale } from './sale-entries.fixture.js';
import { outage, registered, rejected } from './sample-transitions.fixture.js';
import { type OpenStore, samePayment, useStore } from './store-harness.fixture.js';

const held = { state: 'accepted', dueAt: null, reason: { code: 'sale.rejected' }, attempts: 0 };
const waiting = { state: 'accepted', dueAt: null, reason: null, attempts: 0 };
const otherAccount = { orderingKey: 'receipt:new account:1' };

export function describeDependents(open: OpenStore): void {
  describe('what depends on a sale', () => {
    const harness = useStore(open);
    const { accepted, claim, claimed, settle } = harness;
    const stored = ({ id }: { id: string }) => harness.store.get('shop', id);

    it.each([
      ['a refund', 'sell', refund],
      ['a refund of a purchase', 'buy', receipt('buy_refund')],
      ['a closing receipt', 'sell', closing],
      ['a closing purchase', 'buy', receipt('buy', 'closing')],
    ])('waits, and goes when that is registered: %s', async (_name, type, document) => {
      const first = await accepted(receipt(type));
      const second = await accepted(document);
      expect(second).toMatchObject(waiting);
      expect(await end(harness, first, registered)).not.toHaveProperty('held');
      await end(harness, second, registered);
    });

    it('is held behind a rejected one, and nothing makes it due', async () => {
      const first = await accepted(sale);
      const second = await accepted(refund);
      const outcome = await end(harness, first, rejected);
      expect(outcome).toMatchObject({ kind: 'written', held: [{ id: second.id, ...held, version: 2 }] });
      expect(await stored(second)).toMatchObject({ ...held, version: 2, changedAt: second.changedAt });
      await harness.store.makeDueNow('memory');
      expect(await claim()).toEqual([]);
      expect(await nextDueInMs(harness.store, 'memory')).toBeNull();
    });

    it('is held from the beginning when it comes after the rejection', async () => {
      await end(harness, await accepted(sale), rejected);
      const second = await accepted(refund);
      expect(second).toMatchObject({ ...held, version: 2 });
      expect(await stored(second)).toEqual(second);
      expect(await claim()).toEqual([]);
    });

    it('goes when another sale of the payment is registered, which it does not hold up', async () => {
      await end(harness, await accepted(sale), rejected);
      const back = await accepted(refund);
      const corrected = await accepted(sale);
      await end(harness, corrected, registered);
      expect(await stored(back)).toMatchObject({ reason: null, version: 3 });
      await end(harness, back, registered);
    });

    it('does not hold up a sale that came after it, while it waits', async () => {
      const first = await accepted(sale);
      const back = await accepted(refund);
      const second = await accepted(sale);
      await end(harness, first, rejected);
      expect(await stored(back)).toMatchObject(waiting);
      await end(harness, second, rejected);
      expect(await stored(back)).toMatchObject(held);
    });

    it('stays held, told once, when the next sale is rejected too', async () => {
      await end(harness, await accepted(sale), rejected);
      const back = await accepted(refund);
      const outcome = await end(harness, await accepted(sale), rejected);
      expect(outcome).not.toHaveProperty('held');
      expect(await stored(back)).toMatchObject({ ...held, version: 2 });
    });

    it.each(['pending', 'unknown'] as const)('waits, without a reason, while that is %s', async (to) => {
      const first = await accepted(sale);
      const back = await accepted(refund);
      await end(harness, first, { to, dueInMs: 0, failures: 1, reason: outage });
      expect(await stored(back)).toMatchObject(waiting);
      await end(harness, first, registered);
      await claimOnly(harness, back);
    });

    it('needs one registered sale, whatever became of others and of other refunds', async () => {
      await end(harness, await accepted(sale), rejected);
      await end(harness, await accepted(sale), registered);
      await end(harness, await accepted(refund), rejected);
      await end(harness, await accepted(sale), rejected);
      await end(harness, await accepted(refund), registered);
    });

    it('goes where nothing was handed in that it could depend on, which can be asked before', async () => {
      expect(await harness.store.knowsSale(newEntry(refund))).toBe(false);
      expect(await harness.store.knowsSale(newEntry(closing))).toBe(false);
      expect(await harness.store.knowsSale(newEntry(sale))).toBe(true);
      const back = await accepted(refund);
      await claimOnly(harness, back);
      await accepted(receipt('buy'));
      expect(await harness.store.knowsSale(newEntry(refund))).toBe(false);
      await accepted(closing);
      expect(await harness.store.knowsSale(newEntry(closing))).toBe(false);
      expect(await harness.store.knowsSale(newEntry(refund))).toBe(true);
      expect(await harness.store.knowsSale({ ...newEntry(refund), merchant: 'other' })).toBe(false);
    });

    it('does not go by its own kind: neither a closing receipt nor a refund is a prepayment', async () => {
      const first = await accepted(closing);
      await end(harness, first, rejected);
      const prepayment = await accepted(sale);
      const second = await accepted(closing);
      await end(harness, prepayment, rejected);
      expect(await stored(second)).toMatchObject(held);
      const back = await accepted(refund);
      expect(back).toMatchObject(waiting);
      expect(await claim()).toEqual([]);
    });

    it('depends on sales of its own merchant and payment', async () => {
      await end(harness, await accepted(sale), rejected);
      const elsewhere = await accepted({ ...refund, ...samePayment('2') });
      await claimOnly(harness, elsewhere);
      const others = await accepted({ ...refund, merchant: 'other', orderingKey: 'receipt:other:1' });
      await claimOnly(harness, others);
    });

    it('depends on the sale also when the account has changed since', async () => {
      const first = await accepted(sale);
      const back = await accepted({ ...refund, ...otherAccount });
      expect(back).toMatchObject(waiting);
      await end(harness, first, rejected);
      expect(await stored(back)).toMatchObject(held);
      await end(harness, await accepted({ ...sale, ...otherAccount }), registered);
      await claimOnly(harness, back);
    });

    it('takes its turn when the sale of the account before was registered', async () => {
      const first = await accepted(sale);
      const back = await accepted({ ...refund, ...otherAccount });
      const second = await accepted({ ...refund, ...otherAccount });
      await end(harness, first, registered);
      await end(harness, back, registered);
      await end(harness, second, registered);
    });

    it('does not go while what has overtaken it is under way', async () => {
      const first = await accepted(sale);
      const back = await accepted({ ...refund, ...otherAccount });
      await end(harness, first, rejected);
      const overtaking = await accepted({ ...sale, ...otherAccount });
      const corrected = await accepted(sale);
      const claims = await claim();
      const [one, other] = [overtaking, corrected].map(({ id }) =>
        claims.find(({ entry }) => entry.id === id),
      );
      if (!one || !other) throw new Error('both sales were due');
      await settle(other, registered);
      expect(await stored(back)).toMatchObject({ dueAt: null, reason: null });
      await settle(one, { to: 'unknown', dueInMs: 0, failures: 1, reason: outage });
      const search = await claimOnly(harness, overtaking);
      expect(search.step).toBe('find');
      await settle(search, registered);
      await claimOnly(harness, back);
    });

    it('leaves the rest of a payment in strict order', async () => {
      const entries = [
        await accepted(sale),
        await accepted(sale),
        await accepted(refund),
        await accepted(sale),
      ];
      for (const entry of entries) await end(harness, entry, registered);
    });

    it('is held together with others, and goes one at a time, in order', async () => {
      await end(harness, await accepted(sale), rejected);
      const backs = [await accepted(refund), await accepted(refund)];
      await end(harness, await accepted(sale), registered);
      for (const back of backs) await end(harness, back, registered);
    });

    it('is told of in the journal', async () => {
      await end(harness, await accepted(sale), rejected);
      await accepted(refund);
      await end(harness, await accepted(sale), registered);
      expect(await claimed()).toMatchObject({ entry: { version: 4, state: 'sending' } });
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../entry/entry.js';
import { receiptOperation } from '../../services/receipt-entry-query.js';
import { newEntry } from '../new-entry.fixture.js';
import { rejected } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-harness.fixture.js';

const payment = { merchant: 'shop', operation: receiptOperation, paymentId: 'p-1' };

function ofPayment(given: Partial<NewEntry> = {}, operationType = 'sell_refund'): NewEntry {
  const facets = { paymentId: payment.paymentId, operationType, totalMinor: 500 };
  return newEntry({ facets, orderingKey: 'receipt:p-1', ...given });
}

export function describeAcceptTogether(open: OpenStore): void {
  describe('acceptTogether', () => {
    const harness = useStore(open);
    const { accepted, claimed, settle } = harness;

    it('stores all, in their order, where the newest entry is known', async () => {
      const sale = await accepted(ofPayment({}, 'sell'));
      const entries = [ofPayment(), ofPayment()];
      const outcomes = await harness.store.acceptTogether({ entries, newestSequence: sale.sequence });
      expect(outcomes).toMatchObject(entries.map((entry) => ({ kind: 'accepted', entry })));
      const stored = await harness.store.ofPayment(payment, 9);
      expect(stored.map(({ id }) => id)).toEqual([sale.id, ...entries.map(({ id }) => id)]);
      expect(stored.slice(1)).toEqual(outcomes.map((outcome) => 'entry' in outcome && outcome.entry));
    });

    it('stores none where there is a newer entry', async () => {
      const sale = await accepted(ofPayment({}, 'sell'));
      await accepted(ofPayment());
      const entries = [ofPayment(), ofPayment()];
      const outcomes = await harness.store.acceptTogether({ entries, newestSequence: sale.sequence });
      expect(outcomes).toEqual([{ kind: 'outdated' }, { kind: 'outdated' }]);
      expect(await harness.store.ofPayment(payment, 9)).toHaveLength(2);
    });

    it('has the first entries of a payment read', async () => {
      const [first, second] = [await accepted(ofPayment()), await accepted(ofPayment())];
      await accepted(ofPayment());
      expect(await harness.store.ofPayment(payment, 2)).toEqual([first, second]);
    });

    it('does not mind the entries of other payments, operations and merchants', async () => {
      const { sequence: newestSequence } = await accepted(ofPayment({}, 'sell'));
      await accepted({});
      await accepted(ofPayment({ merchant: 'other' }));
      await accepted(ofPayment({ operation: 'confirmation.anor' }));
      const [outcome] = await harness.store.acceptTogether({ entries: [ofPayment()], newestSequence });
      expect(outcome).toMatchObject({ kind: 'accepted' });
    });

    it('gives the stored entries to a repeat, whatever came after them', async () => {
      const entries = [ofPayment(), ofPayment()];
      const outcomes = await harness.store.acceptTogether({ entries, newestSequence: 0 });
      await accepted(ofPayment());
      const again = await harness.store.acceptTogether({ entries, newestSequence: 0 });
      expect(again).toEqual(
        outcomes.map((outcome) => ({ kind: 'replayed', entry: 'entry' in outcome && outcome.entry })),
      );
    });

    it('stores none where one of them is in conflict', async () => {
      const holder = await accepted(ofPayment({ idempotencyKey: 'key:1', uniqueKeys: ['delivery:1'] }));
      for (const given of [{ idempotencyKey: 'key:1' }, { uniqueKeys: ['delivery:1'] }]) {
        const outcomes = await harness.store.acceptTogether({
          entries: [ofPayment(), ofPayment(given)],
          newestSequence: holder.sequence,
        });
        const over = 'uniqueKeys' in given ? 'delivery:1' : 'idempotency-key';
        expect(outcomes).toEqual([{ kind: 'outdated' }, { kind: 'conflict', entry: holder, over }]);
      }
      expect(await harness.store.ofPayment(payment, 9)).toHaveLength(1);
    });

    it('minds a newer entry also when it was rejected: the sale was looked at before', async () => {
      await accepted(ofPayment());
      await settle(await claimed(), rejected);
      const [outcome] = await harness.store.acceptTogether({ entries: [ofPayment()], newestSequence: 0 });
      expect(outcome).toEqual({ kind: 'outdated' });
    });

    it('lets one of many at the same time through', async () => {
      const { sequence: newestSequence } = await accepted(ofPayment({}, 'sell'));
      const kinds = await Promise.all(
        Array.from({ length: 16 }, async () => {
          const [outcome] = await harness.store.acceptTogether({ entries: [ofPayment()], newestSequence });
          return outcome?.kind;
        }),
      );
      expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'outdated')).toHaveLength(15);
      expect(await harness.store.ofPayment(payment, 9)).toHaveLength(2);
    });
  });
}

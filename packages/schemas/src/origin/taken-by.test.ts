import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changed } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';
import type { Receipt } from '../receipt/receipt.js';
import {
  done,
  drawnPart,
  drawnSale,
  minorOf,
  propertyRuns,
  propertyTimeoutMs,
  receiptOf,
  requestFor,
} from './drawn-sales.fixture.js';
import { refundOf } from './refund-of.js';
import { leftOf, type Taken } from './taken.js';
import { takenBy } from './taken-by.js';

const sale = receiptOf(russianReceipt);
const [tea, cup] = russianReceipt.positions as [object, object];

function refundBy(...positions: readonly object[]): Receipt {
  const total = receiptOf({ ...russianReceipt, positions, settlements: settledBy(positions) });
  return { ...total, operation_type: 'sell_refund' };
}

function settledBy(positions: readonly object[]): object[] {
  const sum = positions.reduce<number>((all, position) => {
    const { price, quantity } = position as { price: number; quantity: number };
    return all + price * quantity;
  }, 0);
  return [{ type: 'cash', sum: sum.toFixed(2) }];
}

describe('takenBy', () => {
  it('counts each line against its position', () => {
    const { taken, warnings } = takenBy(sale, refundBy({ ...cup, name: ' CUP' }, { ...tea, quantity: 1 }));
    expect(warnings).toEqual([]);
    expect(taken).toEqual({
      positions: [
        { index: 1, line: 0, quantityThousandths: 1_000, sumMinor: 10_000 },
        { index: 0, line: 1, quantityThousandths: 1_000, sumMinor: 5_000 },
      ],
      settlements: [{ type: 'cash', sumMinor: 15_000 }],
      unmatchedMinor: 0,
    });
    expect(done(refundOf(sale, { earlier: [taken] })).receipt).toMatchObject({
      total: 50,
      positions: [{ name: 'Tea', quantity: 1 }],
    });
  });

  it('takes no part of a marked piece, so that the rest can still come back', () => {
    const marked = receiptOf(markedReceipt);
    const byHand = receiptOf({
      ...russianReceipt,
      positions: [{ ...tea, name: marked.positions[0]?.name, price: 100, quantity: 0.5 }],
      settlements: [{ type: 'cash', sum: 50 }],
    });
    const { taken } = takenBy(marked, { ...byHand, operation_type: 'sell_refund' });
    expect(taken.positions).toEqual([{ index: 0, line: 0, quantityThousandths: 0, sumMinor: 5_000 }]);
    expect(done(refundOf(marked, { earlier: [taken] })).receipt).toMatchObject({
      positions: [{ quantity: 1, sum: 150 }],
    });
  });

  it('leaves it to the next refund to say which labels come back, where it had none', () => {
    const labels = ['label-1', 'label-2'];
    const labelled = receiptOf(changed(uzbekReceipt, 'positions.0.labels', labels));
    const [sold] = labelled.positions;
    const byHand = { ...labelled, positions: [{ ...sold, labels: undefined, quantity: 1, sum: 100 }] };
    const earlier = [takenBy(labelled, byHand as Receipt).taken];
    for (const positions of [undefined, [{ index: 0 }]]) {
      expect(refundOf(labelled, { earlier, positions })).toMatchObject({
        faults: [{ code: 'refund.position.codes', path: '$.positions[0].labels' }],
      });
    }
    const named = { index: 0, labels: ['label-2'] };
    expect(done(refundOf(labelled, { earlier, positions: [named] })).receipt).toMatchObject({
      positions: [{ quantity: 1, labels: ['label-2'] }],
    });
  });

  it('counts what it can not find in total only', () => {
    const { taken, warnings } = takenBy(sale, refundBy({ ...tea, name: 'Refund' }));
    expect(taken).toMatchObject({ positions: [], unmatchedMinor: 10_000 });
    expect(warnings.map(({ code }) => code)).toEqual(['refund.unmatched']);
    expect(refundOf(sale, { earlier: [taken] })).toMatchObject({
      faults: [{ code: 'refund.positions.required' }],
    });
    const positions = [{ index: 1 }];
    const next = done(refundOf(sale, { earlier: [taken], positions }));
    expect(next.receipt.total).toBe(100);
    expect(refundOf(sale, { earlier: [taken, next.taken] })).toMatchObject({
      faults: [{ code: 'refund.exceeds-sale' }],
    });
  });

  it('leaves one position what is left in total', () => {
    const one = receiptOf({ ...russianReceipt, positions: [tea], settlements: [{ type: 'cash', sum: 100 }] });
    const { taken } = takenBy(one, refundBy({ ...tea, name: 'Discount', price: 15 }));
    expect(done(refundOf(one, { earlier: [taken] })).receipt).toMatchObject({
      positions: [{ quantity: 2, price: 35 }],
    });
  });

  it('goes over the sale with a warning', () => {
    const { taken, warnings } = takenBy(sale, refundBy({ ...tea, quantity: 5 }));
    expect(taken).toMatchObject({ positions: [{ index: 0, sumMinor: 10_000 }], unmatchedMinor: 15_000 });
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['refund.beyond-sale', '$.positions[0]'],
      ['refund.beyond-sale', '$.total'],
    ]);
    expect(leftOf(sale, [taken]).totalMinor).toBe(0);
  });

  it('counts no position twice', () => {
    const { taken } = takenBy(sale, refundBy({ ...tea, quantity: 1 }, { ...tea, quantity: 2 }));
    expect(
      taken.positions.map(({ quantityThousandths, sumMinor }) => [quantityThousandths, sumMinor]),
    ).toEqual([
      [1_000, 5_000],
      [1_000, 5_000],
    ]);
    expect(taken.unmatchedMinor).toBe(5_000);
  });

  it('finds an item by its mark code, whatever its name', () => {
    const marked = (serial: string) => ({
      ...cup,
      payment_object: 'marked',
      mark_code_type: { mark_code_raw: `0104600000000015215${serial}` },
    });
    const document = {
      ...russianReceipt,
      receipt_format: 'ru_1_2',
      positions: [marked('one'), marked('two')],
    };
    const refund = receiptOf({
      ...document,
      positions: [{ ...marked('two'), name: 'Mug' }],
      settlements: [{ type: 'cash', sum: 100 }],
    });
    const { taken } = takenBy(receiptOf(document), refund);
    expect(taken.positions.map(({ index }) => index)).toEqual([1]);
  });

  it('prefers the rate and the price among items of one name, and goes on to the next', () => {
    const twins = receiptOf({
      ...russianReceipt,
      positions: [tea, { ...tea, price: 40 }, { ...tea, vat_code: 'vat_10' }],
      settlements: [{ type: 'cash', sum: 280 }],
    });
    const of = (...positions: object[]) =>
      takenBy(twins, refundBy(...positions)).taken.positions.map(({ index, sumMinor }) => [index, sumMinor]);
    expect(of({ ...tea, price: 40, quantity: 1 })).toEqual([[1, 4_000]]);
    expect(of({ ...tea, vat_code: 'vat_10' })).toEqual([[2, 10_000]]);
    expect(of({ ...tea, quantity: 4 })).toEqual([
      [0, 10_000],
      [2, 10_000],
    ]);
  });
});

it(
  'what refundOf writes counts as it says, also when it is read as a foreign receipt',
  () => {
    fc.assert(
      fc.property(drawnSale, fc.array(drawnPart, { maxLength: 4 }), (drawn, parts) => {
        const positions = drawn.positions.map((position, index) => ({ ...position, name: `Item ${index}` }));
        const named = { ...drawn, positions } as Receipt;
        const earlier: Taken[] = [];
        for (const part of parts) {
          const left = leftOf(named, earlier).positions.filter(({ sumMinor }) => sumMinor > 0);
          const place = left[part.pick % Math.max(1, left.length)];
          if (place === undefined) break;
          const derived = refundOf(named, { positions: [requestFor(named, place, part)], earlier });
          if (!derived.ok) continue;
          const { taken } = takenBy(named, derived.receipt, earlier);
          expect(taken.unmatchedMinor).toBe(0);
          expect(taken.settlements).toEqual(derived.taken.settlements);
          const sum = taken.positions.reduce((all, { sumMinor }) => all + sumMinor, 0);
          expect(sum).toBe(minorOf(derived.receipt.total));
          expect(new Set(taken.positions.map(({ index }) => index))).toEqual(new Set([place.index]));
          earlier.push(derived.taken);
        }
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

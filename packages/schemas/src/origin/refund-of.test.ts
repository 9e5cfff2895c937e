import { describe, expect, it } from 'vitest';
import { changed } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt, sharedReceipt, uzbekReceipt } from '../examples/receipts.js';
import { closingOf } from './closing-of.js';
import type { DerivedReceipt } from './derive-receipt.js';
import { done as derived, expectSound, prepaidAs, receiptOf } from './drawn-sales.fixture.js';
import { refundOf } from './refund-of.js';
import { leftOf, type Taken } from './taken.js';

function done(refund: DerivedReceipt) {
  expectSound(derived(refund).receipt);
  return derived(refund);
}

const sale = receiptOf(russianReceipt);
const prepaid = prepaidAs('full_prepayment');

describe('a refund', () => {
  it.each([
    ['sell', 'sell_refund'],
    ['buy', 'buy_refund'],
  ])('of a %s is a %s with all that is the sale’s', (operation_type, expected) => {
    const marked = receiptOf({ ...markedReceipt, operation_type, receipt_method: 'together' });
    const { receipt_operating_details: _, ...rest } = { receipt_operating_details: 0, ...marked };
    expect(done(refundOf(marked)).receipt).toEqual({ ...rest, operation_type: expected });
  });

  it('keeps a rate out of its dates, without a warning', () => {
    const { receipt, warnings } = done(
      refundOf(receiptOf(changed(russianReceipt, 'positions.0.vat_code', 'vat_20'))),
    );
    expect(receipt).toMatchObject({ positions: [{ vat_code: 'vat_20' }, { vat_code: 'vat_10' }] });
    expect(warnings).toEqual([]);
  });

  it('by sum keeps the quantity and lowers the price', () => {
    const { receipt, taken } = done(refundOf(sale, { positions: [{ index: 0, sum: '30.01' }] }));
    expect(receipt).toMatchObject({
      positions: [
        { quantity: 1, price: 15 },
        { quantity: 1, price: 15.01 },
      ],
    });
    expect(leftOf(sale, [taken]).positions[0]).toMatchObject({ quantityThousandths: 2_000, sumMinor: 6_999 });
    expect(
      done(refundOf(sale, { positions: [{ index: 0, quantity: 1 }], earlier: [taken] })).receipt.total,
    ).toBe(35);
  });

  it('by sum below a minor unit a piece names fewer pieces', () => {
    expect(done(refundOf(sale, { positions: [{ index: 0, sum: 0.01 }] })).receipt.positions).toMatchObject([
      { quantity: 1, price: 0.01 },
    ]);
  });

  it('by quantity and sum takes back for less', () => {
    const first = done(refundOf(sale, { positions: [{ index: 1, quantity: 1, sum: 80 }] }));
    expect(first.receipt).toMatchObject({ positions: [{ quantity: 1, price: 80 }] });
    const { receipt } = done(refundOf(sale, { positions: [{ index: 1 }], earlier: [first.taken] }));
    expect(receipt).toMatchObject({ positions: [{ quantity: 1, price: 20 }] });
  });

  it('names the same position more than once', () => {
    const positions = [
      { index: 0, quantity: 1 },
      { index: 0, quantity: '1' },
    ];
    expect(done(refundOf(sale, { positions })).receipt.total).toBe(100);
  });

  it('keeps a share of a marked item and its code', () => {
    const { receipt } = done(refundOf(receiptOf(sharedReceipt), { positions: [{ index: 0, quantity: 1 }] }));
    expect(receipt.positions).toMatchObject(sharedReceipt.positions);
  });

  it('has the labels of the pieces that come back', () => {
    const labelled = receiptOf(changed(uzbekReceipt, 'positions.0.labels', ['one', 'two']));
    const first = done(refundOf(labelled, { positions: [{ index: 0, quantity: 1, labels: ['two'] }] }));
    expect(first.receipt).toMatchObject({ positions: [{ labels: ['two'] }] });
    expect(first.taken.positions).toMatchObject([{ labels: ['two'] }]);
    const earlier = [first.taken];
    expect(done(refundOf(labelled, { earlier })).receipt).toMatchObject({ positions: [{ labels: ['one'] }] });
    const again = refundOf(labelled, { positions: [{ index: 0, quantity: 1, labels: ['two'] }], earlier });
    expect(again).toMatchObject({ faults: [{ code: 'refund.position.codes' }] });
  });

  it('writes another format where that carries it', () => {
    expect(done(refundOf(sale, { format: 'ru_1_2' })).receipt).toMatchObject({
      receipt_format: 'ru_1_2',
      total: 200,
    });
  });

  it('with settlements of its own leaves the rest to the next', () => {
    const mixed = receiptOf({
      ...russianReceipt,
      settlements: [
        { type: 'cash', sum: 120 },
        { type: 'cashless', sum: 80 },
      ],
    });
    const settlements = [{ type: 'cashless', sum: '100.00' }] as const;
    const first = done(refundOf(mixed, { positions: [{ index: 0 }], settlements }));
    const { receipt } = done(refundOf(mixed, { earlier: [first.taken] }));
    expect(receipt.settlements).toEqual([{ type: 'cash', sum: 100 }]);
  });

  it('in any order of what was taken before is the same', () => {
    const earlier: Taken[] = [];
    for (const sum of [10, 20, 30])
      earlier.push(done(refundOf(sale, { positions: [{ index: 1, sum }], earlier })).taken);
    expect(refundOf(sale, { earlier: earlier.toReversed() })).toEqual(refundOf(sale, { earlier }));
    expect(JSON.parse(JSON.stringify(earlier))).toEqual(earlier);
  });
});

describe('a refund of a closing receipt', () => {
  it('gives back the money behind the prepayment', () => {
    const settlements = [
      { type: 'cash', sum: 50 },
      { type: 'cashless', sum: 150 },
    ] as const;
    const mixed = receiptOf({ ...prepaid, settlements });
    const closing = done(closingOf(mixed, { positions: [{ index: 0 }] }));
    const first = done(closingOf(mixed, { earlier: [closing.taken] }));
    expect([closing, first].map(({ taken }) => taken.settlements)).toEqual([
      [
        { type: 'cash', sumMinor: 2_500 },
        { type: 'cashless', sumMinor: 7_500 },
      ],
      [
        { type: 'cash', sumMinor: 2_500 },
        { type: 'cashless', sumMinor: 7_500 },
      ],
    ]);
    const refund = done(refundOf(closing.receipt, { prepaidBy: closing.taken.settlements }));
    expect(refund.receipt).toMatchObject({
      operation_type: 'sell_refund',
      settlements: [
        { type: 'cash', sum: 25 },
        { type: 'cashless', sum: 75 },
      ],
      positions: [{ payment_method: 'full_payment', vat_code: 'vat_22' }],
    });
  });

  it('gives back as it is told', () => {
    const { receipt } = done(closingOf(prepaid));
    const settlements = [{ type: 'prepayment', sum: '200.00' }] as const;
    expect(done(refundOf(receipt, { settlements })).receipt).toMatchObject({
      settlements: [{ type: 'prepayment', sum: 200 }],
    });
  });

  it('gives back what was paid on delivery beside it', () => {
    const part = prepaidAs('partial_prepayment');
    const closing = done(closingOf(part, { settlements: [{ type: 'cash', sum: 600 }] }));
    const { receipt } = done(
      refundOf(closing.receipt, {
        prepaidBy: closing.taken.settlements,
        positions: [{ index: 0, sum: 100 }],
      }),
    );
    expect(receipt.settlements).toEqual([
      { type: 'cash', sum: 75 },
      { type: 'cashless', sum: 25 },
    ]);
  });
});

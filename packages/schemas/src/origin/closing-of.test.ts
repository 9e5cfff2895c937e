import { describe, expect, it } from 'vitest';
import { changed } from '../examples/faulty-receipts.js';
import { uzbekReceipt } from '../examples/receipts.js';
import { type ClosingOptions, closingOf } from './closing-of.js';
import type { DerivedReceipt } from './derive-receipt.js';
import { done as derived, expectSound, prepaidAs, receiptOf } from './drawn-sales.fixture.js';
import { refundOf } from './refund-of.js';
import type { Taken } from './taken.js';

function done(closing: DerivedReceipt) {
  expectSound(derived(closing).receipt);
  return derived(closing);
}

const advance = prepaidAs('advance', { payment_object: 'payment' });
const prepaid = prepaidAs('full_prepayment');
const codesOf = ({ warnings }: DerivedReceipt) => warnings.map(({ code }) => code);

describe('the closing receipt', () => {
  it('is of the goods, at the plain rate, in full, settled by the prepayment', () => {
    const { receipt, warnings } = done(closingOf(prepaid));
    expect(warnings).toEqual([]);
    expect(receipt).toMatchObject({
      operation_type: 'sell',
      payment_id: prepaid.payment_id,
      customer: prepaid.customer,
      settlements: [{ type: 'prepayment', sum: 200 }],
      positions: [
        {
          name: 'Tea',
          quantity: 2,
          price: 50,
          vat_code: 'vat_22',
          payment_method: 'full_payment',
          payment_object: 'goods',
        },
        {
          name: 'Cup',
          quantity: 1,
          price: 100,
          vat_code: 'vat_22',
          payment_method: 'full_payment',
          payment_object: 'goods',
        },
      ],
    });
  });

  it('is made in parts, which end with the prepayment', () => {
    const earlier: Taken[] = [];
    for (const positions of [[{ index: 0, quantity: 1 }], [{ index: 1 }], undefined]) {
      const { taken } = done(closingOf(prepaid, { positions, earlier }));
      earlier.push(taken);
    }
    expect(earlier.map(({ settlements }) => settlements)).toEqual([
      [{ type: 'cashless', sumMinor: 5_000 }],
      [{ type: 'cashless', sumMinor: 10_000 }],
      [{ type: 'cashless', sumMinor: 5_000 }],
    ]);
    const next = closingOf(prepaid, { earlier });
    expect(next).toMatchObject({ ok: false, faults: [{ code: 'closing.exceeds-prepaid' }] });
    expect(refundOf(prepaid, { earlier })).toMatchObject({
      ok: false,
      faults: [{ code: 'refund.exceeds-sale' }],
    });
  });

  it('leaves out what was refunded', () => {
    const { taken } = done(refundOf(prepaid, { positions: [{ index: 0, quantity: 1 }] }));
    expect(done(closingOf(prepaid, { earlier: [taken] })).receipt).toMatchObject({
      total: 150,
      positions: [{ quantity: 1 }, { quantity: 1 }],
    });
  });

  it('has a line a mark code, of goods that are marked', () => {
    const mark = (serial: string) => ({ mark_code_raw: `0104600000000015215${serial}` });
    const positions = ['one', 'two'].map((serial) => ({
      index: 0,
      quantity: 1,
      mark_code_type: mark(serial),
    }));
    const { receipt } = done(closingOf(prepaid, { positions, format: 'ru_1_2' }));
    expect(receipt).toMatchObject({
      receipt_format: 'ru_1_2',
      positions: [
        { quantity: 1, payment_object: 'marked', mark_code_type: mark('one') },
        { quantity: 1, payment_object: 'marked', mark_code_type: mark('two') },
      ],
    });
  });

  it('has the goods in the place of a payment', () => {
    const payment = prepaidAs('full_prepayment', { payment_object: 'payment' });
    const assumed = done(closingOf(payment));
    expect(assumed.receipt).toMatchObject({
      positions: [{ payment_object: 'goods' }, { payment_object: 'goods' }],
    });
    expect(codesOf(assumed)).toEqual(['closing.payment-object.assumed', 'closing.payment-object.assumed']);
    const named = closingOf(payment, { positions: [{ index: 0, payment_object: 'service' }] });
    expect(done(named).receipt).toMatchObject({ positions: [{ payment_object: 'service' }] });
    expect(codesOf(named)).toEqual([]);
  });
});

describe('the rate of a delivery', () => {
  it.each([
    ['vat_122', '2026-03-01', 'vat_22', []],
    ['vat_120', '2025-12-31', 'vat_20', []],
    ['vat_120', '2026-01-01', 'vat_22', ['closing.vat.changed']],
    ['vat_20', '2026-01-01', 'vat_22', ['closing.vat.changed']],
    ['vat_110', '2026-03-01', 'vat_10', []],
    ['vat_105', '2026-03-01', 'vat_5', []],
    ['vat_107', '2026-03-01', 'vat_7', []],
    ['vat_0', '2026-03-01', 'vat_0', []],
    ['none', '2026-03-01', 'none', []],
  ])('prepaid at %s is, on %s, %s', (vat_code, deliveredOn, delivered, warnings) => {
    const closing = closingOf(prepaidAs('full_prepayment', { vat_code }), {
      deliveredOn,
      positions: [{ index: 0 }],
    });
    if (!closing.ok) throw new Error(JSON.stringify(closing.faults));
    expect(closing.receipt).toMatchObject({ positions: [{ vat_code: delivered }] });
    expect(codesOf(closing)).toEqual(warnings);
  });

  it('begins with the day on the register’s clock', () => {
    const positions = [{ index: 0 }];
    for (const [instant, vat_code] of [
      ['2025-12-31T20:59:59Z', 'vat_20'],
      ['2025-12-31T21:00:00Z', 'vat_22'],
    ] as const) {
      const closing = closingOf(prepaidAs('full_prepayment', { vat_code: 'vat_120' }), {
        deliveredOn: new Date(instant),
        positions,
      });
      expect(closing).toMatchObject({ receipt: { positions: [{ vat_code }] } });
    }
  });

  it('is that of 12 % in Uzbekistan', () => {
    const changes = { 'positions.0.vat_code': 'vat_112', 'positions.0.payment_method': 'full_prepayment' };
    const document = Object.entries(changes).reduce(
      (receipt, [path, value]) => changed(receipt, path, value),
      uzbekReceipt as object,
    );
    const { receipt } = done(closingOf(receiptOf(document)));
    expect(receipt).toMatchObject({ positions: [{ vat_code: 'vat_12', payment_method: 'full_payment' }] });
    expect(receipt.positions[0]).not.toHaveProperty('payment_object');
  });
});

describe('the rest of the price', () => {
  const part = prepaidAs('partial_prepayment');

  it.each<[string, ClosingOptions['settlements'], string, number[]]>([
    ['is paid on delivery', [{ type: 'cash', sum: '300' }], 'full_payment', [250, 250]],
    ['stays owed', [{ type: 'postpayment', sum: 300 }], 'partial_payment', [250, 250]],
    [
      'is paid in part',
      [
        { type: 'cash', sum: 100 },
        { type: 'postpayment', sum: 200 },
      ],
      'partial_payment',
      [250, 250],
    ],
    [
      'is told beside the prepayment',
      [
        { type: 'prepayment', sum: 200 },
        { type: 'cash', sum: 1 },
      ],
      'full_payment',
      [100.5, 100.5],
    ],
  ])('of a partial prepayment %s', (_what, settlements, payment_method, sums) => {
    const closing = done(closingOf(part, { settlements }));
    expect(closing.receipt.positions.reduce((sum, line) => sum + line.sum, 0)).toBe(
      sums[0] === 250 ? 500 : 201,
    );
    expect(closing.receipt.positions.every((line) => line.payment_method === payment_method)).toBe(true);
    expect(closing.receipt.settlements[0]).toEqual({ type: 'prepayment', sum: 200 });
    expect(closing.taken.positions.reduce((sum, { sumMinor }) => sum + sumMinor, 0)).toBe(20_000);
    expect(codesOf(closing)).toEqual([]);
  });

  it('follows from the price where it is said', () => {
    const positions = [
      { index: 0, price: 120 },
      { index: 1, price: 100 },
    ];
    const settlements = [{ type: 'postpayment', sum: 140 }] as const;
    const { receipt, taken } = done(closingOf(part, { positions, settlements }));
    expect(receipt).toMatchObject({
      total: 340,
      positions: [
        { price: 120, quantity: 2, payment_method: 'partial_payment' },
        { price: 100, quantity: 1, payment_method: 'full_payment' },
      ],
    });
    expect(taken.positions).toEqual([
      { index: 0, line: 0, quantityThousandths: 2_000, sumMinor: 10_000 },
      { index: 1, line: 1, quantityThousandths: 1_000, sumMinor: 10_000 },
    ]);
  });

  it('leaves what a lower price does not need for a refund', () => {
    const { receipt, taken } = done(closingOf(prepaid, { positions: [{ index: 0, price: 40 }] }));
    expect(receipt).toMatchObject({ total: 80, settlements: [{ type: 'prepayment', sum: 80 }] });
    expect(done(refundOf(prepaid, { earlier: [taken] })).receipt).toMatchObject({ total: 120 });
  });
});

describe('an advance', () => {
  const sofa = {
    name: 'Sofa',
    price: 150,
    quantity: 1,
    vat_code: 'vat_22',
    payment_object: 'goods',
  } as const;
  const lamp = { ...sofa, name: 'Lamp', price: '90.50' } as const;

  it('pays for goods that are named now, as far as it goes', () => {
    const settlements = [{ type: 'cashless', sum: 40.5 }] as const;
    const { receipt, taken } = done(closingOf(advance, { positions: [sofa, lamp], settlements }));
    expect(receipt).toMatchObject({
      positions: [
        { name: 'Sofa', sum: 150, payment_method: 'full_payment', payment_object: 'goods' },
        { name: 'Lamp', sum: 90.5, payment_method: 'full_payment' },
      ],
      settlements: [
        { type: 'prepayment', sum: 200 },
        { type: 'cashless', sum: 40.5 },
      ],
    });
    expect(taken.positions.map(({ index, line, sumMinor }) => [index, line, sumMinor])).toEqual([
      [0, 0, 10_000],
      [1, 0, 5_000],
      [1, 1, 5_000],
    ]);
    expect(refundOf(advance, { earlier: [taken] })).toMatchObject({
      faults: [{ code: 'refund.exceeds-sale' }],
    });
  });

  it('that does not reach a position leaves it on credit', () => {
    const settlements = [{ type: 'postpayment', sum: 190.5 }] as const;
    const positions = [{ ...sofa, price: 200 }, lamp, { ...lamp, name: 'Rug', price: 100 }];
    const { receipt } = done(closingOf(advance, { positions, settlements }));
    expect(receipt.positions.map(({ payment_method }) => payment_method)).toEqual([
      'full_payment',
      'credit',
      'credit',
    ]);
  });

  it('that is left goes back', () => {
    const { taken } = done(closingOf(advance, { positions: [sofa] }));
    expect(done(refundOf(advance, { earlier: [taken] })).receipt).toMatchObject({
      total: 50,
      positions: [
        {
          name: 'Cup',
          quantity: 1,
          price: 50,
          payment_method: 'advance',
          vat_code: 'vat_122',
          payment_object: 'payment',
        },
      ],
    });
  });
});

it('warnings are faults where they are to be', () => {
  const payment = prepaidAs('full_prepayment', { payment_object: 'payment' });
  expect(closingOf(payment, { warningsAsFaults: true })).toMatchObject({
    ok: false,
    faults: [{ code: 'closing.payment-object.assumed' }, { code: 'closing.payment-object.assumed' }],
  });
});

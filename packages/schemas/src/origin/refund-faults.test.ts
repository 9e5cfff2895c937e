import { describe, expect, it } from 'vitest';
import { allocateDiscount } from '../discount/allocate-discount.js';
import type { Fault } from '../errors/fault.js';
import { changed } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';
import type { Receipt } from '../receipt/receipt.js';
import { type RuleCode, ruleOf, rules } from '../rules/rules.js';
import { closingOf } from './closing-of.js';
import type { DerivedReceipt } from './derive-receipt.js';
import { done, prepaidAs, receiptOf } from './drawn-sales.fixture.js';
import { type RefundOptions, type RefundPosition, refundOf } from './refund-of.js';
import type { Taken } from './taken.js';
import { takenBy } from './taken-by.js';

const sale = receiptOf(russianReceipt);
const refund = receiptOf({ ...russianReceipt, operation_type: 'sell_refund' });
const marked = receiptOf(markedReceipt);
const labels = ['label-1', 'label-2'];
const labelled = receiptOf(changed(uzbekReceipt, 'positions.0.labels', labels));
const grouped = receiptOf(uzbekReceipt);
const unmatched = { positions: [], settlements: [], unmatchedMinor: 5_000 };
const all = { positions: [], settlements: [], unmatchedMinor: 20_000 };

type Broken = [code: RuleCode, path: string, origin: Receipt, options: RefundOptions, message?: string];

const broken: Broken[] = [
  ['refund.of-refund', '$.operation_type', refund, {}],
  [
    'refund.exceeds-sale',
    '$.positions[0].quantity',
    sale,
    { positions: [{ index: 0, quantity: 3 }] },
    '2 for 100.00 of position 0',
  ],
  [
    'refund.exceeds-sale',
    '$.positions[1].sum',
    sale,
    { positions: [{ index: 0 }, { index: 1, sum: '100.01' }] },
    '1 for 100.00 of position 1',
  ],
  [
    'refund.exceeds-sale',
    '$.positions[1].index',
    sale,
    { positions: [{ index: 0 }, { index: 0 }] },
    'nothing is left',
  ],
  ['refund.exceeds-sale', '$.positions', sale, { earlier: [all] }, 'nothing is left'],
  [
    'refund.exceeds-sale',
    '$.positions',
    sale,
    { earlier: [unmatched], positions: [{ index: 0 }, { index: 1 }] },
    '150.00 is left in total',
  ],
  ['refund.zero', '$.positions[0].quantity', sale, { positions: [{ index: 0, quantity: 0 }] }],
  ['refund.zero', '$.positions[0].sum', sale, { positions: [{ index: 0, sum: '0.00' }] }],
  ['refund.zero', '$.positions', sale, { positions: [] }],
  ['refund.position.unknown', '$.positions[0].index', sale, { positions: [{ index: 2 }] }, '0 to 1'],
  ['refund.position.unknown', '$.positions[0].index', sale, { positions: [{ index: -1 }] }],
  ['refund.position.unknown', '$.positions[0].index', sale, { positions: [{ index: 0.5 }] }],
  [
    'refund.position.split',
    '$.positions[0].quantity',
    marked,
    { positions: [{ index: 0, quantity: 0.5 }] },
    '1 for 200.00',
  ],
  [
    'refund.position.split',
    '$.positions[0].quantity',
    labelled,
    { positions: [{ index: 0, quantity: 0.5 }] },
  ],
  [
    'refund.position.codes',
    '$.positions[0].labels',
    labelled,
    { positions: [{ index: 0, quantity: 1 }] },
    '1 of 2',
  ],
  [
    'refund.position.codes',
    '$.positions[0].labels',
    labelled,
    { positions: [{ index: 0, quantity: 1, labels }] },
  ],
  [
    'refund.position.codes',
    '$.positions[0].labels',
    labelled,
    { positions: [{ index: 0, quantity: 1, labels: ['x'] }] },
  ],
  ['refund.position.codes', '$.positions[0].labels', labelled, { positions: [{ index: 0, labels: ['x'] }] }],
  ['refund.positions.required', '$.positions', sale, { earlier: [unmatched] }, '150.00 is left in total'],
  ['refund.position.mark', '$.positions[0].sum', marked, { positions: [{ index: 0, sum: 50 }] }],
  ['refund.position.mark', '$.positions[0].quantity', grouped, { positions: [{ index: 0, quantity: 1 }] }],
  ['quantity.precision', '$.positions[0].quantity', sale, { positions: [{ index: 0, quantity: '0.0005' }] }],
  ['quantity.range', '$.positions[0].quantity', sale, { positions: [{ index: 0, quantity: -1 }] }],
  ['amount.format', '$.positions[0].sum', sale, { positions: [{ index: 0, sum: '1,50' }] }],
  ['amount.negative', '$.positions[0].sum', sale, { positions: [{ index: 0, sum: -1 }] }],
  ['receipt.settlements.mismatch', '$.settlements', sale, { settlements: [{ type: 'cash', sum: 1 }] }],
  ['field.value', '$.positions[0].payment_object', marked, { format: 'ru_1_05' }],
  ['field.unknown', '$.positions[0].mark_code_type', marked, { format: 'ru_1_05' }],
];

function foundIn(derived: DerivedReceipt): readonly Fault[] {
  return [...(derived.ok ? [] : derived.faults), ...derived.warnings];
}

/** Texts and members where a caller without types, or JSON, has them. */
const foreign = (position: object) => ({ positions: [position as RefundPosition] });

const untyped: Broken[] = [
  ...['0', 'length', '__proto__', [0]].map(
    (index): Broken => ['refund.position.unknown', '$.positions[0].index', sale, foreign({ index })],
  ),
  ['field.type', '$.positions[0].quantity', sale, foreign({ index: 0, quantity: [1] })],
  ['field.type', '$.positions[0].quantity', sale, foreign({ index: 0, quantity: 1n })],
  ['field.type', '$.positions[0].sum', sale, foreign({ index: 0, sum: [] })],
  ['field.type', '$.positions[0].labels', labelled, foreign({ index: 0, quantity: 1, labels: 'label-1' })],
  ['field.type', '$.positions[0].labels', labelled, foreign({ index: 0, quantity: 1, labels: {} })],
];

describe('a refund', () => {
  it.each(untyped)('without types breaks %s at %s', (code, path, origin, options) => {
    expect(refundOf(origin, options)).toMatchObject({ ok: false, faults: [{ code, path }] });
  });

  const counted = { index: 0, line: 0, quantityThousandths: 1000, sumMinor: 5000 };
  const earlier = (change: object, position: object = {}) => {
    const taken = { positions: [{ ...counted, ...position }], settlements: [], unmatchedMinor: 0, ...change };
    return [taken as Taken];
  };
  it.each([
    ['a sum below zero', 'earlier[0].positions[0].sumMinor', earlier({}, { sumMinor: -5000 })],
    ['a sum that is null', 'earlier[0].positions[0].sumMinor', earlier({}, { sumMinor: null })],
    ['a sum that is a text', 'earlier[0].positions[0].sumMinor', earlier({}, { sumMinor: '5000' })],
    ['a part of a unit', 'earlier[0].positions[0].sumMinor', earlier({}, { sumMinor: 0.5 })],
    [
      'a quantity below zero',
      'earlier[0].positions[0].quantityThousandths',
      earlier({}, { quantityThousandths: -1 }),
    ],
    ['an index that is a text', 'earlier[0].positions[0].index', earlier({}, { index: '0' })],
    ['no unmatched sum', 'earlier[0].unmatchedMinor', earlier({ unmatchedMinor: undefined })],
    [
      'money that is a text',
      'earlier[0].settlements[0].sumMinor',
      earlier({ settlements: [{ type: 'cash', sumMinor: '5' }] }),
    ],
  ])('refuses to guess what was taken where the books have %s', (_, path, taken) => {
    expect(() => refundOf(sale, { earlier: taken })).toThrow(
      new TypeError(`${path} is not a whole number of at least 0`),
    );
  });

  it('of a closing receipt does not pay out as prepayment what a prepayment stands behind', () => {
    const { receipt } = done(closingOf(prepaidAs('full_prepayment')));
    const twice = refundOf(receipt, { prepaidBy: [{ type: 'prepayment', sumMinor: 20_000 }] });
    expect(foundIn(twice)).toMatchObject([{ code: 'refund.prepayment.unknown', path: '$.settlements' }]);
    expect(() => refundOf(receipt, { prepaidBy: [{ type: 'cash', sumMinor: -5 }] })).toThrow(
      new TypeError('prepaidBy[0].sumMinor is not a whole number of at least 0'),
    );
  });

  it.each(broken)('breaks %s at %s', (code, path, origin, options, message = '') => {
    const fault = foundIn(refundOf(origin, options)).find((one) => one.code === code && one.path === path);
    expect(fault).toMatchObject({
      severity: ruleOf(code).severity,
      message: expect.stringContaining(message),
    });
  });

  it('of a closing receipt needs to know how its prepayment was paid', () => {
    const { receipt } = done(closingOf(prepaidAs('full_prepayment')));
    expect(foundIn(refundOf(receipt))).toMatchObject([
      { code: 'refund.prepayment.unknown', path: '$.settlements' },
    ]);
  });

  it('can break every rule of its own', () => {
    const elsewhere = [
      'refund.prepayment.unknown',
      'refund.unmatched',
      'refund.beyond-sale',
      // The ledger alone makes several receipts of a refund.
      'refund.settlements.several',
    ];
    const known = [...elsewhere, ...broken.map(([code]) => code)];
    const own = rules.map(({ code }) => code).filter((code) => code.startsWith('refund.'));
    expect(own.filter((code) => !known.includes(code))).toEqual([]);
  });
});

it.each(['200', 200.01, '250.00'])('a discount of %s is not below the order', (discount) => {
  const fault = { code: 'discount.range', path: '$.discount', message: expect.stringContaining('200.00') };
  expect(allocateDiscount(russianReceipt.positions, discount)).toMatchObject({ ok: false, faults: [fault] });
});

it('a discount is not taken off an order beyond what a double counts', () => {
  const order = [{ price: '9999999999999.99', quantity: 99_999 }];
  expect(allocateDiscount(order, 1)).toMatchObject({
    ok: false,
    faults: [{ code: 'amount.range', path: '$.positions' }],
  });
});

it('a refund by hand draws its warnings', () => {
  const [tea] = sale.positions;
  const byHand = (changes: object) => ({ ...refund, positions: [{ ...tea, ...changes }] }) as Receipt;
  const codes = (receipt: Receipt) =>
    takenBy(sale, receipt, [all]).warnings.map(({ code, path }) => [code, path]);
  expect(codes(byHand({}))).toEqual([['refund.beyond-sale', '$.total']]);
  expect(takenBy(sale, byHand({ quantity: 3, sum: 150 })).warnings).toMatchObject([
    {
      code: 'refund.beyond-sale',
      path: '$.positions[0]',
      message: expect.stringContaining('1 for 50.00 more'),
    },
  ]);
  expect(takenBy(sale, byHand({ name: 'Coffee' })).warnings).toMatchObject([
    { code: 'refund.unmatched', path: '$.positions[0]', severity: 'warning' },
  ]);
});

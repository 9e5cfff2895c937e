import { describe, expect, it } from 'vitest';
import type { Fault } from '../errors/fault.js';
import { changed } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';
import type { Receipt } from '../receipt/receipt.js';
import { type RuleCode, ruleOf, rules } from '../rules/rules.js';
import { type ClosingOptions, closingOf } from './closing-of.js';
import type { DerivedReceipt } from './derive-receipt.js';
import { prepaidAs, receiptOf } from './drawn-sales.fixture.js';

const sale = receiptOf(russianReceipt);
const refund = receiptOf({ ...russianReceipt, operation_type: 'sell_refund' });
const prepaid = prepaidAs('full_prepayment');
const part = prepaidAs('partial_prepayment');
const advance = prepaidAs('advance', { payment_object: 'payment' });
const mixed = receiptOf(changed(prepaid, 'positions.1.payment_method', 'full_payment'));
const groupedPrepaid = prepaidAlready(uzbekReceipt, 'vat_112');
const labelledPrepaid = prepaidAlready(
  changed(uzbekReceipt, 'positions.0.labels', ['label-1', 'label-2']),
  'vat_112',
);
const markedPrepaid = prepaidAlready(markedReceipt, 'vat_122');

function prepaidAlready(document: object, vatCode: string): Receipt {
  const atRate = changed(document, 'positions.0.vat_code', vatCode);
  return receiptOf(changed(atRate, 'positions.0.payment_method', 'full_prepayment'));
}

const unmatched = { positions: [], settlements: [], unmatchedMinor: 5_000 };
const all = { positions: [], settlements: [], unmatchedMinor: 20_000 };
const sofa = { name: 'Sofa', price: 150, quantity: 1, vat_code: 'vat_22', payment_object: 'goods' } as const;

type Broken = [code: RuleCode, path: string, origin: Receipt, options: ClosingOptions, message?: string];

const broken: Broken[] = [
  ['closing.not-prepaid', '$.positions', sale, {}],
  ['closing.not-prepaid', '$.positions', refund, {}],
  [
    'closing.not-prepaid',
    '$.settlements',
    receiptOf({ ...prepaid, settlements: [{ type: 'postpayment', sum: 200 }] }),
    {},
    'owed',
  ],
  ['closing.not-prepaid', '$.positions[0].index', mixed, { positions: [{ index: 1 }] }, 'position 1'],
  [
    'closing.settlements',
    '$.settlements',
    part,
    {
      settlements: [
        { type: 'prepayment', sum: 100 },
        { type: 'cash', sum: 50 },
      ],
    },
  ],
  [
    'closing.exceeds-prepaid',
    '$.positions',
    prepaid,
    {
      earlier: [
        {
          ...all,
          positions: [0, 1].map((index) => ({ index, line: 0, quantityThousandths: 2000, sumMinor: 10_000 })),
        },
      ],
    },
    'nothing is left',
  ],
  [
    'closing.exceeds-prepaid',
    '$.positions[0].quantity',
    prepaid,
    { positions: [{ index: 0, quantity: 3 }] },
    '2 for 100.00',
  ],
  ['closing.exceeds-prepaid', '$.positions', prepaid, { earlier: [unmatched] }, '150.00 is left in total'],
  ['closing.zero', '$.positions', prepaid, { positions: [] }],
  ['closing.zero', '$.positions[0].quantity', prepaid, { positions: [{ index: 0, quantity: 0 }] }],
  ['closing.position.unknown', '$.positions[0].index', prepaid, { positions: [{ index: 2 }] }],
  ['closing.position.unknown', '$.positions[0].index', prepaid, { positions: [sofa] }],
  [
    'closing.position.codes',
    '$.positions[0].labels',
    labelledPrepaid,
    { positions: [{ index: 0, quantity: 1 }] },
  ],
  [
    'closing.position.mark',
    '$.positions[0].quantity',
    groupedPrepaid,
    { positions: [{ index: 0, quantity: 1 }] },
  ],
  [
    'closing.position.split',
    '$.positions[0].quantity',
    markedPrepaid,
    { positions: [{ index: 0, quantity: 0.5 }] },
  ],
  ['closing.positions.required', '$.positions', advance, {}],
  [
    'closing.settlements',
    '$.settlements',
    advance,
    { positions: [{ ...sofa, price: 250 }] },
    '200.00 as prepayment and 50.00 otherwise',
  ],
  [
    'closing.settlements',
    '$.settlements',
    prepaid,
    { settlements: [{ type: 'cash', sum: 1 }] },
    '0.00 otherwise',
  ],
  ['closing.settlements', '$.settlements', prepaid, { settlements: [{ type: 'prepayment', sum: 100 }] }],
  [
    'closing.payment-object',
    '$.positions[0].payment_object',
    prepaid,
    { positions: [{ index: 0, payment_object: 'payment' }] },
  ],
  [
    'closing.payment-object.assumed',
    '$.positions[0].payment_object',
    prepaidAs('full_prepayment', { payment_object: 'payment' }),
    {},
  ],
  [
    'closing.vat.changed',
    '$.positions[0].vat_code',
    prepaidAs('full_prepayment', { vat_code: 'vat_120' }),
    {},
    'vat_22 for vat_120',
  ],
  ['closing.price.assumed', '$.positions[0].price', part, {}],
  ['field.date', '$.delivered_on', prepaid, { deliveredOn: '2026-02-30' }],
  ['field.date', '$.delivered_on', prepaid, { deliveredOn: '30.11.2026' }],
  ['field.missing', '$.positions[0].price', advance, { positions: [{ name: 'Sofa', quantity: 1 }] }],
  ['amount.precision', '$.settlements[0].sum', prepaid, { settlements: [{ type: 'cash', sum: 0.001 }] }],
  [
    'receipt.position.mark.quantity',
    '$.positions[0].quantity',
    prepaid,
    {
      format: 'ru_1_2',
      positions: [{ index: 0, mark_code_type: { mark_code_raw: '0104600000000015215Code' } }],
    },
  ],
];

function foundIn(derived: DerivedReceipt): readonly Fault[] {
  return [...(derived.ok ? [] : derived.faults), ...derived.warnings];
}

describe('a closing receipt', () => {
  it.each(broken)('breaks %s at %s', (code, path, origin, options, message = '') => {
    const fault = foundIn(closingOf(origin, options)).find((one) => one.code === code && one.path === path);
    expect(fault).toMatchObject({
      severity: ruleOf(code).severity,
      message: expect.stringContaining(message),
    });
  });

  it('can break every rule of its own', () => {
    const known = broken.map(([code]) => code);
    const own = rules.map(({ code }) => code).filter((code) => code.startsWith('closing.'));
    expect(own.filter((code) => !known.includes(code))).toEqual([]);
  });
});

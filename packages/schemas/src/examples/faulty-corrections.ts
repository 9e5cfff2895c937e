import { markedCorrection, orderedCorrection, plainCorrection } from './corrections.js';
import { type Change, change, changed, type FaultyDocument } from './faulty-receipts.js';
import { uzbekReceipt } from './receipts.js';

const inPlain: Change[] = [
  ['field.missing', 'receipt_format', undefined],
  ['field.missing', 'operation_type', undefined],
  ['field.missing', 'correction_info', undefined],
  ['field.missing', 'correction_info.base_date', undefined],
  ['field.missing', 'correction_info.type', undefined],
  ['field.missing', 'vat_totals', undefined],
  ['field.value', 'operation_type', 'sell'],
  ['field.value', 'operation_type', 'sell_refund_correction'],
  ['field.value', 'operation_type', 'SELL_CORRECTION'],
  ['field.value', 'receipt_format', 'ru_1_1'],
  ['field.value', 'correction_info.type', 'own'],
  ['field.value', 'vat_totals.0.vat_code', 'vat_12'],
  ['field.type', 'correction_info', '2026-02-27'],
  ['field.type', 'correction_info.base_number', 17],
  ['field.date', 'correction_info.base_date', '2026-02-29'],
  ['field.date', 'correction_info.base_date', '27.02.2026'],
  ['field.date', 'correction_info.base_date', 20260227],
  ['field.unknown', 'positions', []],
  ['field.unknown', 'receipt_method', 'separately'],
  ['field.unknown', 'company', { inn: '5544332219', email: 'shop@example.com' }, 'company.email'],
  ['field.unknown', 'customer', { email: 'buyer@example.com', inn: '7709364346' }, 'customer.inn'],
  ['correction.country', 'receipt_format', 'uz_1_0'],
  ['correction.base.future', 'correction_info.base_date', '2126-03-02'],
  [
    'correction.base.number.missing',
    'correction_info',
    { type: 'instruction', base_date: '2026-02-27' },
    'correction_info.base_number',
  ],
  ['correction.base.number.unexpected', 'correction_info.base_number', '0'],
  ['correction.vat-totals.count', 'vat_totals', []],
  ['correction.vat.repeated', 'vat_totals.1.vat_code', 'vat_22'],
  ['correction.vat.exceeds', 'vat_totals.0.vat', 100.01],
  ['correction.total.mismatch', 'total', 200.01],
  ['receipt.settlements.mismatch', 'settlements', [{ type: 'cash', sum: 199.99 }]],
  ['receipt.settlements.count', 'settlements', []],
  ['receipt.merchant.mismatch', 'merchant_id', '1'],
  ['amount.precision', 'vat_totals.0.turnover', '100.005'],
  ['amount.negative', 'vat_totals.0.turnover', -100],
  ['receipt.company.inn', 'company', { inn: '5544332210' }, 'company.inn'],
];

const inOrdered: Change[] = [
  ['field.length', 'correction_info.base_number', 'x'.repeat(33)],
  ['correction.base.number.missing', 'correction_info.base_number', ''],
  ['correction.base.number.missing', 'correction_info.base_number', null],
  ['text.control', 'correction_info.base_number', '17\u001b'],
  ['correction.vat.exceeds', 'vat_totals.1.vat', 0.01],
];

const inMarked: Change[] = [
  ['field.missing', 'positions', undefined],
  ['field.unknown', 'vat_totals', [{ vat_code: 'none', turnover: 200 }]],
  ['correction.base.number.unexpected', 'correction_info.base_number', '17'],
  ['receipt.total.mismatch', 'total', 200.01],
  ['receipt.vat.country', 'positions.0.vat_code', 'vat_12'],
  ['receipt.position.mark.missing', 'positions.0.mark_code_type', undefined],
];

/** Corrections that break one rule each. */
const faultyCorrections: readonly FaultyDocument[] = [
  ...inPlain.map(([code, ...place]) => ({ code, ...change(plainCorrection, ...place) })),
  ...inOrdered.map(([code, ...place]) => ({ code, ...change(orderedCorrection, ...place) })),
  ...inMarked.map(([code, ...place]) => ({ code, ...change(markedCorrection, ...place) })),
  {
    code: 'correction.country',
    path: '$.receipt_format',
    input: { ...uzbekReceipt, operation_type: 'sell_correction' },
  },
  {
    code: 'correction.base.past',
    path: '$.correction_info.base_date',
    input: {
      ...plainCorrection,
      correction_info: { type: 'self', base_date: '1969-12-31' },
      vat_totals: [{ vat_code: 'none', turnover: 200 }],
    },
  },
  {
    code: 'receipt.total.zero',
    path: '$.total',
    input: {
      ...plainCorrection,
      vat_totals: [{ vat_code: 'none', turnover: 0 }],
      settlements: [{ type: 'cash', sum: 0 }],
    },
  },
  {
    code: 'amount.range',
    path: '$.total',
    input: {
      ...plainCorrection,
      vat_totals: ['vat_22', 'vat_10'].map((vat_code) => ({ vat_code, turnover: 42_949_672 })),
      settlements: [42_949_672, 42_949_672].map((sum) => ({ type: 'cash', sum })),
    },
  },
];

/** Corrections that pass with one warning each. */
const doubtfulCorrections: readonly FaultyDocument[] = [
  { code: 'correction.vat.differs', ...change(plainCorrection, 'vat_totals.0.vat', 18) },
  {
    code: 'correction.vat.before-rate',
    path: '$.vat_totals[0].vat_code',
    input: changed(plainCorrection, 'correction_info.base_date', '2025-12-31'),
  },
  {
    code: 'correction.vat.before-rate',
    path: '$.positions[0].vat_code',
    input: changed(markedCorrection, 'correction_info.base_date', '2025-12-31'),
  },
];

/** Corrections that break exactly one rule, or pass with exactly one warning. */
export const correctionsWithFaults = [...faultyCorrections, ...doubtfulCorrections];

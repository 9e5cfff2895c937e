import type { RuleCode } from '../rules/rules.js';
import { markedReceipt, russianReceipt, sharedReceipt, uzbekReceipt } from './receipts.js';

/** Document that breaks exactly one rule, with the rule and its place. */
export interface FaultyDocument {
  readonly code: RuleCode;
  readonly path: string;
  readonly input: unknown;
}

const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);
const position = russianReceipt.positions[0];
const industry = markedReceipt.receipt_industry_details[0];

/** Code, changed place, new value, and the place of the fault if it is another. */
export type Change = [code: RuleCode, path: string, value: unknown, shownAt?: string];

const inRussian: Change[] = [
  ['field.missing', 'operation_type', undefined],
  ['field.missing', 'receipt_format', undefined],
  ['field.value', 'receipt_format', 'ru_1_1'],
  ['field.value', 'operation_type', 'sell_correction'],
  ['field.value', 'positions.0.payment_object', 'marked'],
  ['field.type', 'customer', 'buyer@example.com'],
  ['field.type', 'payment_id', 1.5],
  ['field.type', 'settlements.0.sum', null],
  ['field.unknown', 'discount', 1],
  ['field.unknown', 'positions.0.mark_quantity', { numerator: 1, denominator: 2 }],
  ['field.unknown', 'positions.0.ikpu_code', '10999001001000000'],
  ['field.length', 'payment_id', 'x'.repeat(129)],
  ['field.length', 'payment_id', ' '],
  ['field.length', 'payment_id', '😀'.repeat(70)],
  ['amount.format', 'positions.0.price', '50,00'],
  ['amount.format', 'positions.0.price', '0.1+0.2'],
  ['amount.format', 'positions.0.price', '1e3'],
  ['amount.format', 'positions.0.price', ''],
  ['amount.format', 'positions.0.price', Number.NaN],
  ['amount.precision', 'positions.0.price', '50.0050'],
  ['amount.precision', 'positions.0.price', 0.1 + 0.2],
  ['amount.precision', 'positions.0.price', 1e-7],
  ['amount.negative', 'positions.0.price', -50],
  ['amount.negative', 'positions.0.price', '-50.00'],
  ['amount.range', 'positions.0.price', JSON.parse('1e400')],
  ['amount.range', 'positions.0.price', 42_949_672.96],
  ['amount.range', 'positions.0.price', '42949672.96'],
  ['quantity.format', 'positions.0.quantity', '2 pieces'],
  ['quantity.precision', 'positions.0.quantity', '2.00050'],
  ['quantity.precision', 'positions.0.quantity', 2.0005],
  ['quantity.range', 'positions.0.quantity', 0],
  ['quantity.range', 'positions.0.quantity', -1],
  ['quantity.range', 'positions.0.quantity', '100000'],
  ['receipt.positions.count', 'positions', []],
  ['receipt.settlements.count', 'settlements', []],
  [
    'receipt.settlements.count',
    'settlements',
    [...many(10, { type: 'cash', sum: 20 }), { type: 'cash', sum: 0 }],
  ],
  ['receipt.total.mismatch', 'total', 200.01],
  ['receipt.settlements.mismatch', 'settlements', [{ type: 'cashless', sum: 199.99 }]],
  ['receipt.merchant.mismatch', 'merchant_id', '1'],
  ['receipt.customer.contact', 'customer', undefined],
  ['receipt.customer.contact', 'customer', { full_name: 'A Buyer' }],
  ['receipt.customer.email', 'customer.email', 'buyer@localhost'],
  ['receipt.customer.email', 'customer.email', `${'b'.repeat(60)}@example.com`],
  ['receipt.customer.email', 'customer.email', '[e-mail protected]'],
  ['receipt.customer.email', 'customer.email', 'buyer@exam€ple.com'],
  ['receipt.customer.phone', 'customer.phone', '8 (900) 000'],
  ['receipt.customer.inn', 'customer.inn', '1234567891'],
  ['receipt.customer.inn', 'customer.inn', '12345'],
  ['receipt.company.inn', 'company', { inn: '000000000000' }, 'company.inn'],
  ['receipt.company.email', 'company', { inn: '5544332219', email: 'shop' }, 'company.email'],
  ['receipt.company.email', 'company', { inn: '5544332219', email: 'shop@exam€ple.com' }, 'company.email'],
  ['receipt.position.name.length', 'positions.0.name', 'x'.repeat(129)],
  ['receipt.position.name.length', 'positions.0.name', '  '],
  ['receipt.position.name.length', 'positions.0.name', '😀'.repeat(70)],
  ['text.unseen', 'positions.0.name', '\u200b\u2060'],
  ['text.unseen', 'positions.0.name', '\u2800'],
  ['text.unseen', 'customer.full_name', '\u00ad'],
  ['text.control', 'positions.0.name', 'Tea\u001b@green'],
  ['text.control', 'positions.0.name', 'Tea\u0085'],
  ['receipt.position.sum.mismatch', 'positions.0.sum', 10],
  ['receipt.vat.country', 'positions.0.vat_code', 'vat_12'],
  ['receipt.position.supplier.missing', 'positions.0.agent_type', 'attorney', 'positions.0.supplier'],
  [
    'receipt.position.agent.missing',
    'positions.0.supplier',
    { name: 'Maker', phone: '+79000000000', inn: '7709364346' },
    'positions.0.agent_type',
  ],
];

const inMarked: Change[] = [
  ['field.date', 'receipt_industry_details.0.document_date', '2023-02-29'],
  ['field.date', 'receipt_operating_details.created_at', '2026-03-01 10:00'],
  ['field.length', 'receipt_industry_details', many(101, industry)],
  ['receipt.industry.federal-id', 'receipt_industry_details.0.federal_id', '074'],
  ['receipt.industry.federal-id', 'positions.0.payment_object_industry_details.0.federal_id', '000'],
  ['receipt.operating.operation-id', 'receipt_operating_details.operation_id', 256],
  ['receipt.operating.operation-id', 'receipt_operating_details.operation_id', 0.5],
  ['receipt.position.supplier.contact', 'positions.0.supplier', { inn: '7709364346' }],
  ['receipt.position.supplier.inn.missing', 'positions.0.supplier.inn', undefined],
  ['receipt.position.supplier.phone', 'positions.0.supplier.phone', '900'],
  ['receipt.position.supplier.inn', 'positions.0.supplier.inn', '7709364347'],
  ['receipt.position.supplier.inn', 'positions.0.supplier.inn', '12345'],
  [
    'receipt.position.mark.length',
    'positions.0.mark_code_type',
    { ean_13: '123' },
    'positions.0.mark_code_type.ean_13',
  ],
  [
    'receipt.position.mark.length',
    'positions.0.mark_code_type',
    { egais_20: 'x'.repeat(24) },
    'positions.0.mark_code_type.egais_20',
  ],
  [
    'receipt.position.mark.length',
    'positions.0.mark_code_type',
    { gs_1m: 'MDEw'.repeat(53) },
    'positions.0.mark_code_type.gs_1m',
  ],
  ...damagedMarks([
    ['receipt.position.mark.separator', 'gs_1m', '0104600000000015215Z7(DdTeBEIIU&#x1D;93mfhf'],
    ['receipt.position.mark.separator', 'gs_1m', '010460000000002221abcdefg\\u001d93Is54'],
    ['receipt.position.mark.separator', 'mark_code_raw', '010460000000002221abcdefg<GS>93Is54'],
    ['receipt.position.mark.separator', 'gs_1m', '(01)04600000000022(21)abcdefg(93)Is54'],
    ['receipt.position.mark.separator', 'gs_1m', btoa('010460000000002221abcdefg\\x1d93Is54')],
    ['receipt.position.mark.characters', 'gs_1m', '010460000000002221аbcdefg\u001d93Is54'],
    ['receipt.position.mark.characters', 'mark_code_raw', '010460000000002221abcdefg 93Is54'],
    ['receipt.position.mark.characters', 'short', '😀'.repeat(19)],
  ]),
  ['receipt.position.mark.single', 'positions.0.mark_code_type', { short: 'a', ean_8: '12345678' }],
  ['receipt.position.mark.single', 'positions.0.mark_code_type', { short: 'a', unknown: 'b' }],
  ['receipt.position.mark.missing', 'positions.0.mark_code_type', undefined],
  ['receipt.position.mark-quantity.fraction', 'positions.0.mark_quantity', { numerator: 2, denominator: 2 }],
  [
    'receipt.position.mark-quantity.fraction',
    'positions.0.mark_quantity',
    { numerator: 0, denominator: 2 },
    'positions.0.mark_quantity.numerator',
  ],
];

/** Builds mark codes damaged on their way from the scanner. */
function damagedMarks(damages: readonly (readonly [code: RuleCode, kind: string, mark: string])[]): Change[] {
  return damages.map(([code, kind, mark]) => {
    const place = 'positions.0.mark_code_type';
    return [code, place, { [kind]: mark }, `${place}.${kind}`];
  });
}

const inUzbek: Change[] = [
  ['receipt.position.mark.separator', 'positions.0.labels.0', '0104600000000022215Z7%1D93mfhf'],
  ['receipt.position.mark.characters', 'positions.0.labels.0', '0104600000000022215З793mfhf'],
  ['field.format', 'positions.0.unit_code', 'piece'],
  ['field.unknown', 'positions.0.supplier', {}],
  ['field.value', 'positions.0.owner_type', 3],
  ['receipt.company.inn', 'company.inn', '5544332219'],
  ['receipt.position.name.length', 'positions.0.name', 'x'.repeat(64)],
  ['receipt.position.ikpu', 'positions.0.ikpu_code', '1099900100100000'],
  ['receipt.position.package-code', 'positions.0.package_code', 'dona'],
  ['receipt.position.labels.count', 'positions.0.labels', many(301, 'label')],
  [
    'receipt.position.commission',
    'positions.0.commission_info',
    { tin: '123456789', pinfl: '12345678912345' },
  ],
  ['receipt.position.commission', 'positions.0.commission_info.tin', '12345678'],
  ['receipt.vat.country', 'positions.0.vat_code', 'vat_20'],
];

/** Faults outside the changed place, or of more than one change. */
const crossing: FaultyDocument[] = [
  {
    code: 'receipt.positions.count',
    path: '$.positions',
    input: {
      ...russianReceipt,
      positions: many(101, { ...position, price: 0.5 }),
      settlements: [{ type: 'cash', sum: 101 }],
    },
  },
  {
    code: 'receipt.total.zero',
    path: '$.total',
    input: {
      ...russianReceipt,
      positions: [{ ...position, price: 0 }],
      settlements: [{ type: 'cash', sum: 0 }],
    },
  },
  {
    code: 'receipt.position.mark.object',
    path: '$.positions[0].payment_object',
    input: changed(markedReceipt, 'positions.0.payment_object', 'goods'),
  },
  {
    code: 'receipt.position.mark.quantity',
    path: '$.positions[0].quantity',
    input: changed(changed(markedReceipt, 'positions.0.quantity', 2), 'positions.0.price', 100),
  },
  {
    code: 'receipt.position.mark-quantity.quantity',
    path: '$.positions[0].quantity',
    input: changed(changed(sharedReceipt, 'positions.0.quantity', 0.25), 'settlements.0.sum', 25),
  },
  {
    code: 'receipt.position.mark-quantity.measure',
    path: '$.positions[0].measure',
    input: changed(
      changed(markedReceipt, 'positions.0.mark_quantity', { numerator: 1, denominator: 2 }),
      'positions.0.measure',
      'liter',
    ),
  },
  {
    code: 'receipt.position.mark-quantity.code',
    path: '$.positions[0].mark_quantity',
    input: {
      ...markedReceipt,
      positions: [{ ...position, price: 100, mark_quantity: { numerator: 1, denominator: 2 } }],
    },
  },
];

/** Documents that break one rule each. */
export const faultyReceipts: readonly FaultyDocument[] = [
  ...inRussian.map(([code, ...place]) => ({ code, ...change(russianReceipt, ...place) })),
  ...inMarked.map(([code, ...place]) => ({ code, ...change(markedReceipt, ...place) })),
  ...inUzbek.map(([code, ...place]) => ({ code, ...change(uzbekReceipt, ...place) })),
  ...crossing,
];

/** Documents that pass with one warning each. */
export const doubtfulReceipts: readonly FaultyDocument[] = [
  {
    code: 'receipt.vat.out-of-dates',
    ...change(russianReceipt, 'positions.0.vat_code', 'vat_20'),
  },
  {
    code: 'receipt.vat.prepayment',
    path: '$.positions[0].vat_code',
    input: changed(russianReceipt, 'positions.0.payment_method', 'full_prepayment'),
  },
  {
    code: 'receipt.vat.prepayment',
    path: '$.positions[1].vat_code',
    input: changed(russianReceipt, 'positions.1.payment_method', 'advance'),
  },
  {
    code: 'receipt.customer.email.placeholder',
    ...change(russianReceipt, 'customer.email', '[email\u00a0protected]'),
  },
  {
    code: 'receipt.company.email.placeholder',
    path: '$.company.email',
    input: changed(russianReceipt, 'company', { inn: '5544332219', email: '[email protected]' }),
  },
];

/** Returns a copy of a document with one change, and the path of its fault. */
export function change(
  document: object,
  path: string,
  value: unknown,
  shownAt = path,
): Omit<FaultyDocument, 'code'> {
  return { path: `$.${shownAt}`.replaceAll(/\.(\d+)/g, '[$1]'), input: changed(document, path, value) };
}

/** Returns a copy of a document with the value at a path replaced; `undefined` removes it. */
export function changed(document: object, path: string, value: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = structuredClone({ ...document });
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<Record<string, unknown>>((object, name) => Object(object[name]), copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

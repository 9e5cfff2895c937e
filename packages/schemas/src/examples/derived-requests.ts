import type { FaultyDocument } from './faulty-receipts.js';
import { russianReceipt, uzbekReceipt } from './receipts.js';

/** Sound bodies of requests for a refund. */
export const refundRequests = [
  {
    positions: [
      { index: 0, quantity: 1 },
      { index: 1, sum: '10.00' },
      { index: 2, quantity: '2.000', sum: 80, labels: ['05367567230048c?eN1(o0029'] },
    ],
    settlements: [{ type: 'cash', sum: '140.00' }],
    refund_id: 'return-17',
  },
  {},
  { positions: [{ index: 0 }], refund_id: 17 },
  { positions: [{ index: 0, quantity: null, sum: '', labels: null }], settlements: null, refund_id: '' },
];

/** Sound bodies of requests for a closing receipt. */
export const closingRequests = [
  {
    positions: [
      {
        index: 0,
        quantity: 1,
        price: '6100.00',
        payment_object: 'marked',
        mark_code_type: { mark_code_raw: '0104600000000015215Z7DdTe' },
      },
    ],
    settlements: [{ type: 'postpayment', sum: 100 }],
    delivery_id: 'parcel-1',
    delivered_on: '2026-11-30',
  },
  {},
  {
    positions: [
      {
        name: 'Choy',
        quantity: 2,
        price: 50000,
        measure: 'kilogram',
        vat_code: 'vat_12',
        ikpu_code: '10999001001000000',
        package_code: '1520627',
        labels: ['05367567230048c?eN1(o0029'],
      },
    ],
  },
  { positions: [{ index: 0, name: '', supplier: null, labels: null }], settlements: null, delivered_on: '' },
];

const qrCode = 't=20260314T1205&s=200.00&fn=9999078900006286&i=133&fp=3449555941&n=1';
const soliqLink = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20260314121801&s=514343190161';

/** Sound bodies of imports. */
export const importRequests = [
  { receipt: russianReceipt, receipt_link: qrCode },
  { receipt: uzbekReceipt, receipt_link: soliqLink },
];

/** Bodies of imports that break one rule each. */
export const faultyImportRequests: readonly FaultyDocument[] = [
  { code: 'field.missing', path: '$.receipt_link', input: { receipt: russianReceipt } },
  { code: 'field.missing', path: '$.receipt', input: { receipt_link: qrCode } },
  { code: 'field.length', path: '$.receipt_link', input: { receipt: russianReceipt, receipt_link: '' } },
  {
    code: 'field.length',
    path: '$.receipt_link',
    input: { receipt: russianReceipt, receipt_link: `${soliqLink}&x=${'0'.repeat(2_000)}` },
  },
  { code: 'field.type', path: '$.receipt', input: { receipt: [], receipt_link: qrCode } },
  {
    code: 'field.unknown',
    path: '$.mark',
    input: { receipt: russianReceipt, receipt_link: qrCode, mark: {} },
  },
];

const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

/** Faults of both requests, in parts of their documents. */
const faultyParts: readonly FaultyDocument[] = [
  { code: 'field.type', path: '$.positions[0].index', input: { positions: [{ index: '0' }] } },
  {
    code: 'field.unknown',
    path: '$.receipt_id',
    input: { receipt_id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5' },
  },
  { code: 'receipt.positions.count', path: '$.positions', input: { positions: many(101, { index: 0 }) } },
  {
    code: 'quantity.format',
    path: '$.positions[0].quantity',
    input: { positions: [{ index: 0, quantity: '1,5' }] },
  },
  {
    code: 'quantity.precision',
    path: '$.positions[0].quantity',
    input: { positions: [{ index: 0, quantity: 0.0005 }] },
  },
  {
    code: 'quantity.range',
    path: '$.positions[0].quantity',
    input: { positions: [{ index: 0, quantity: -1 }] },
  },
  { code: 'amount.format', path: '$.positions[0].sum', input: { positions: [{ index: 0, sum: '1 000' }] } },
  {
    code: 'amount.precision',
    path: '$.positions[0].sum',
    input: { positions: [{ index: 0, sum: '0.001' }] },
  },
  { code: 'field.value', path: '$.settlements[0].type', input: { settlements: [{ type: 'card', sum: 1 }] } },
  {
    code: 'receipt.settlements.count',
    path: '$.settlements',
    input: { settlements: many(11, { type: 'cash', sum: 1 }) },
  },
];

/** Bodies of requests for a refund that break one rule each. */
export const faultyRefundRequests: readonly FaultyDocument[] = [
  { code: 'field.missing', path: '$.positions[0].index', input: { positions: [{ quantity: 1 }] } },
  { code: 'field.unknown', path: '$.positions[0].price', input: { positions: [{ index: 0, price: 50 }] } },
  { code: 'field.length', path: '$.refund_id', input: { refund_id: 'x'.repeat(129) } },
  ...faultyParts,
];

/** Bodies of requests for a closing receipt that break one rule each. */
export const faultyClosingRequests: readonly FaultyDocument[] = [
  { code: 'field.date', path: '$.delivered_on', input: { delivered_on: '2026-02-29' } },
  { code: 'field.length', path: '$.delivery_id', input: { delivery_id: 'x'.repeat(129) } },
  { code: 'amount.negative', path: '$.positions[0].price', input: { positions: [{ index: 0, price: -1 }] } },
  {
    code: 'field.unknown',
    path: '$.positions[0].payment_method',
    input: { positions: [{ index: 0, payment_method: 'full_payment' }] },
  },
  {
    code: 'receipt.position.mark.single',
    path: '$.positions[0].mark_code_type',
    input: { positions: [{ index: 0, mark_code_type: { short: 'a', ean_8: '12345678' } }] },
  },
  ...faultyParts,
];

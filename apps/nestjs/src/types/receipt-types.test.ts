import { expect, it } from 'vitest';
import { compile } from './compile.fixture.js';

const create = (receipt: string) => `await fiscal.receipts.create({ receipt: ${receipt} });`;

const written =
  "{ receipt_format: 'ru_1_05', payment_id: '1', operation_type: 'sell', customer: { email: 'x@example.com' }, " +
  "positions: [{ name: 'Tea', price: 1, quantity: 1, vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' }], " +
  "settlements: [{ type: 'cash', sum: 1 }] }";

/** What is wrong, and the member that the compiler must name. */
const wrong: readonly (readonly [member: string, text: string])[] = [
  ['FiscalReceipt', create('42')],
  ['FiscalReceipt', create("'receipt'")],
  ['FiscalReceipt', create('null')],
  ['FiscalReceipt', create('json')],
  ['FiscalReceipt', create('{}')],
  ['receipt', 'await fiscal.receipts.create({});'],
  ['receipt_format', create("{ ...sale, receipt_format: 'ru_1_06' }")],
  ['emial', create("{ receipt_format: 'ru_1_05', customer: { emial: 'x' } }")],
  ['emial', create("{ ...sale, customer: { emial: 'x' } }")],
  [
    'positions',
    create("{ receipt_format: 'ru_1_05', payment_id: 1, operation_type: 'sell', settlements: [] }"),
  ],
  ['operation_type', create("{ ...sale, operation_type: 'sale' }")],
  ['payment_id', create('{ ...sale, payment_id: undefined }')],
  ['payment_id', create('{ ...sale, payment_id: null }')],
  ['vat_22', create("{ ...sale, positions: [{ ...tea, vat_code: 'vat_222' }] }")],
  ['vat_code', create('{ ...sale, positions: [{ ...tea, vat_code: 22 }] }')],
  ['quantty', create('{ ...sale, positions: [{ ...tea, quantty: 1 }] }')],
  ['price', create('{ ...sale, positions: [{ ...tea, price: true }] }')],
  ['name', create('{ ...sale, positions: [{ ...tea, name: undefined }] }')],
  ['payment_object', create("{ ...sale, positions: [{ ...tea, payment_object: 'good' }] }")],
  [
    'mark_quantity',
    create('{ ...sale, positions: [{ ...tea, mark_quantity: { numerator: 1, denominator: 2 } }] }'),
  ],
  // Of all formats, the compiler must look at the one that is named.
  ['payment_method.*missing', create('{ ...sale, positions: [less] }')],
  ['payment_method.*missing', create(written.replace(" payment_method: 'full_payment',", ''))],
  ['payment_object.*missing', create(written.replace(", payment_object: 'goods'", ''))],
  ['quantity.*missing', create(written.replace(' quantity: 1,', ''))],
  ['ikpu_code', create(written.replace('ru_1_05', 'uz_1_0'))],
  ['RussianPositionInput', create('{ ...sale, positions: [less] }')],
  ['payment_method.*missing', `await fiscal.receipts.validate({ receipt: { ...sale, positions: [less] } });`],
  [
    'payment_method.*missing',
    `fiscal.receipts.acceptStatement({ receipt: { ...sale, positions: [less] } });`,
  ],
  [
    'payment_method.*missing',
    `await fiscal.receipts.acceptWithin(client, { receipt: { ...sale, positions: [less] } });`,
  ],
  ['type', create("{ ...sale, settlements: [{ type: 'card', sum: 1 }] }")],
  ['sum', create("{ ...sale, settlements: [{ type: 'cash' }] }")],
  ['settlement', create('{ ...sale, settlement: [] }')],
  ['tax_system', create("{ ...sale, company: { inn: '7700000000', tax_system: 'usn' } }")],
  [
    'ikpu_code',
    create(
      "{ ...sale, receipt_format: 'uz_1_0', customer: {}, positions: [{ ...soum, ikpu_code: undefined }] }",
    ),
  ],
  ['idempotencyKye', "await fiscal.receipts.create({ receipt: sale, idempotencyKye: '1' });"],
  ['emial', "await fiscal.receipts.validate({ receipt: { ...sale, customer: { emial: 'x' } } });"],
  ['emial', "fiscal.receipts.acceptStatement({ receipt: { ...sale, customer: { emial: 'x' } } });"],
  [
    'emial',
    "await fiscal.receipts.acceptWithin(client, { receipt: { ...sale, customer: { emial: 'x' } } });",
  ],
  ['receiptId', 'await fiscal.receipts.refund({});'],
  ['indx', "await fiscal.receipts.refund({ receiptId: '1', positions: [{ indx: 0 }] });"],
  ['price', "await fiscal.receipts.refund({ receiptId: '1', positions: [{ index: 0, price: 1 }] });"],
  ['deliveryId', "await fiscal.receipts.refund({ receiptId: '1', deliveryId: '1' });"],
  [
    'pament_object',
    "await fiscal.receipts.close({ receiptId: '1', positions: [{ pament_object: 'goods' }] });",
  ],
  ['card', "await fiscal.receipts.close({ receiptId: '1', settlements: [{ type: 'card', sum: 1 }] });"],
  ['FiscalReceipt', 'await fiscal.receipts.validate({ receipt: json });'],
  ['FiscalReceipt', 'fiscal.receipts.acceptStatement({ receipt: 42 });'],
  ['FiscalReceipt', 'await fiscal.receipts.acceptWithin(client, { receipt: json });'],
  ['RussianReceiptInput', "export const receipt: RussianReceiptInput = { receipt_format: 'ru_1_05' };"],
  [
    'registration',
    "export const link = (event: FiscalEvent<'receipt.accepted'>) => event.entry.registration.link;",
  ],
  ['registration', 'export const link = ({ entry }: FiscalEvent) => entry.registration.link;'],
  ['receipt.registerd', "export class A { @OnFiscalEvent('receipt.registerd') a() {} }"],
  [
    'FiscalEvent|StoredEvent',
    "export class A { @OnFiscalEvent('receipt.accepted') a({ entry }: FiscalEvent<'receipt.registered'>) { return void entry.registration.link; } }",
  ],
];

const right: readonly string[] = [
  create(written),
  "export const later = (receipt: FiscalReceipt) => fiscal.receipts.create({ receipt, waitMs: 1, idempotencyKey: '1' });",
  'export const later = (receipt: RussianReceiptInput) => fiscal.receipts.create({ receipt });',
  'export const later = (request: Parameters<typeof fiscal.receipts.create>[0]) => fiscal.receipts.create(request);',
  create('sale'),
  create("{ ...sale, merchant_id: '542088' }"),
  create('{ ...sale, merchant_id: 542088, payment_id: 1 }'),
  create("{ ...sale, customer: { phone: '79000000000', email: null } }"),
  create(
    "{ ...sale, receipt_format: 'ru_1_2', positions: [{ ...tea, mark_quantity: { numerator: 1, denominator: 2 } }] }",
  ),
  create("{ ...sale, receipt_format: 'uz_1_0', positions: [soum] }"),
  create("{ ...sale, operation_type: 'sell_refund', total: '100.00' }"),
  create('uncheckedReceipt(json)'),
  'await fiscal.receipts.validate({ receipt: uncheckedReceipt(json) });',
  "await fiscal.receipts.refund({ merchant: 'shop', receiptId: '1', positions: [{ index: 0, quantity: '1.5' }], refundId: undefined });",
  "export const request: RefundReceipt = { merchant: 'shop', receiptId: '1', positions: [{ index: 0, sum: 1 } satisfies RefundPosition] };",
  "await fiscal.receipts.close({ receiptId: '1', positions: [{ index: 0, mark_code_type: { mark_code_raw: 'x' } }], deliveredOn: new Date(), waitMs: 5 });",
  "export const delivered: ClosingPosition = { ...soum, quantity: '2', labels: ['1'] };",
  "export const origin = async (): Promise<string | undefined> => (await fiscal.receipts.refund({ receiptId: '1' })).receipts[0]?.origin?.receipt_id;",
  'export const answer = fiscal.receipts.acceptStatement({ receipt: sale }).accepted(json);',
  "await fiscal.receipts.acceptWithin(client, { receipt: sale, idempotencyKey: 'order-1' });",
  'export const receipt: FiscalReceipt = { ...sale, positions: [{ ...tea }] };',
  "export function receipt(items: RussianReceiptInput['positions']): RussianReceiptInput { return { ...sale, positions: items }; }",
  "export const link = ({ entry }: FiscalEvent<'receipt.registered' | 'payment.confirmed'>) => entry.registration.link;",
  "export const link = (event: FiscalEvent) => (event.kind === 'receipt.registered' ? event.entry.registration.link : null);",
  "export const why = (event: FiscalEvent) => (event.kind === 'receipt.rejected' ? event.entry.reason.code : null);",
  "export class A { @OnFiscalEvent('receipt.registered') a({ entry }: FiscalEvent<'receipt.registered'>) { return void entry.registration.link; } }",
  "export class A { @OnFiscalEvent(['receipt.registered', 'receipt.rejected']) async a(event: FiscalEvent) { await Promise.resolve(event); } }",
  "export class A { @OnFiscalEvent('receipt.overdue') a() {} }",
];

it('does not compile when it is wrong, and the compiler names the member', { timeout: 120_000 }, async () => {
  const said = await compile(wrong.map(([, text]) => text));
  const unnamed = wrong.flatMap(([member, text], index) =>
    new RegExp(`error TS[^]*(?:${member})`).test(said[index] ?? '')
      ? []
      : [{ member, text, said: said[index] }],
  );
  expect(unnamed).toEqual([]);
});

it('compiles when it is right', { timeout: 120_000 }, async () => {
  const said = await compile(right);
  expect(right.flatMap((text, index) => (said[index] === '' ? [] : [{ text, said: said[index] }]))).toEqual(
    [],
  );
});

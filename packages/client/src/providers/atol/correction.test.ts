import { checkCorrection } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { freezeDocument } from './freeze.js';
import { readFrozen, totalOf } from './frozen-request.js';
import { company, markedReceipt } from './receipt.fixture.js';

const now = new Date('2026-03-14T09:05:31Z');
const identity = { reference: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10', businessTime: now };
const { email: _, ...plainCompany } = company;

const plain = {
  receipt_format: 'ru_1_05',
  merchant_id: 'shop',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-03-13' },
  company: plainCompany,
  vat_totals: [
    { vat_code: 'vat_22', turnover: 122 },
    { vat_code: 'none', turnover: 0.3 },
    { vat_code: 'vat_0', turnover: 10 },
  ],
  settlements: [
    { type: 'cashless', sum: 132.2 },
    { type: 'cash', sum: 0.1 },
  ],
};

const { receipt_format: _format, operation_type: _operation, customer, ...content } = markedReceipt;
const marked = {
  ...content,
  receipt_format: 'ru_1_2',
  operation_type: 'sell_refund_correction',
  correction_info: { type: 'instruction', base_date: '2026-03-13', base_number: '17-4/А' },
};

/** Returns the operation and the body that a correction, or a changed one, is frozen to. */
function frozen(
  correction: object,
  { changes = {}, settings = {} }: { changes?: object; settings?: object } = {},
) {
  const check = checkCorrection({ ...correction, ...changes }, { now });
  if (!check.ok) throw new Error(check.faults.map(({ code, path }) => `${code} ${path}`).join());
  return frozenOf({ ...check.correction }, settings);
}

function frozenOf(document: Readonly<Record<string, unknown>>, settings: object = {}) {
  const version = document.receipt_format === 'ru_1_05' ? 'v4' : 'v5';
  const bytes = freezeDocument({ operation: 'correction', document }, identity, { version, ...settings });
  const read = readFrozen(bytes);
  return { ...read, total: totalOf(read), body: JSON.parse(Buffer.from(read.body).toString()) };
}

function refusal(path: string) {
  return expect.objectContaining({
    code: 'provider.unsupported',
    faults: [expect.objectContaining({ path })],
  });
}

describe('correction of v4', () => {
  it('has sums without items, the tax or the turnover of each rate, and always a number', () => {
    expect(frozen(plain)).toEqual({
      operation: 'sell_correction',
      total: 132.3,
      body: {
        external_id: identity.reference,
        timestamp: '14.03.2026 12:05:31',
        correction: {
          company: { inn: '5544332219', sno: 'osn', payment_address: 'https://shop.example' },
          correction_info: { type: 'self', base_date: '13.03.2026', base_number: '0' },
          payments: [
            { type: 1, sum: 132.2 },
            { type: 0, sum: 0.1 },
          ],
          vats: [
            { type: 'vat22', sum: 22 },
            { type: 'none', sum: 0.3 },
            { type: 'vat0', sum: 10 },
          ],
        },
      },
    });
  });

  it('has the order of the tax office, the buyer and what is set', () => {
    const changes = {
      operation_type: 'buy_correction',
      correction_info: { type: 'instruction', base_date: '2026-03-13', base_number: '17-4/А' },
      customer: { phone: '89161234567' },
    };
    const settings = { internet: true, callbackUrl: 'https://shop.example/atol' };
    expect(frozen(plain, { changes, settings })).toMatchObject({
      operation: 'buy_correction',
      body: {
        correction: {
          client: { phone: '+79161234567' },
          correction_info: { type: 'instruction', base_date: '13.03.2026', base_number: '17-4/А' },
          internet: true,
        },
        service: { callback_url: 'https://shop.example/atol' },
      },
    });
  });

  it('refuses what ATOL has no place for', () => {
    const codes = ['vat_22', 'vat_10', 'vat_0', 'none', 'vat_5', 'vat_7', 'vat_20'];
    const changes = {
      vat_totals: codes.map((vat_code) => ({ vat_code, turnover: 1 })),
      settlements: [{ type: 'cash', sum: 7 }],
    };
    expect(() => frozen(plain, { changes })).toThrow(refusal('$.vat_totals'));
    expect(() => frozen(plain, { settings: { internet: true } })).toThrow(refusal('$.customer'));
    expect(() => frozen(plain, { changes: { company: undefined } })).toThrow(refusal('$.company'));
    expect(() => frozen(plain, { settings: { version: 'v5' } })).toThrow(refusal('$.receipt_format'));
    const check = checkCorrection(plain, { now });
    const document = check.ok ? { ...check.correction } : {};
    expect(() => frozenOf({ ...document, colour: 'red' })).toThrow(refusal('$.colour'));
    expect(() => frozenOf({ ...document, operation_type: 'sell' })).toThrow(refusal('$.operation_type'));
    expect(() => frozenOf({ ...document, operation_type: 'sell_refund_correction' })).toThrow(
      refusal('$.operation_type'),
    );
    const info = { type: 'self', base_date: '2026-03-13', colour: 'red' };
    expect(() => frozenOf({ ...document, correction_info: info })).toThrow(
      refusal('$.correction_info.colour'),
    );
  });
});

describe('correction of v5', () => {
  it('has all of a receipt, and its ground', () => {
    const { operation, total, body } = frozen(marked);
    expect({ operation, total }).toEqual({ operation: 'sell_refund_correction', total: 100 });
    expect(body.correction).toMatchObject({
      company: { inn: '5544332219', email: 'shop@example.org', sno: 'osn' },
      correction_info: { type: 'instruction', base_date: '13.03.2026', base_number: '17-4/А' },
      items: [
        { quantity: 1, price: 100, planned_status: 4, mark_quantity: { numerator: 1, denominator: 4 } },
      ],
      payments: [{ type: 1, sum: 100 }],
      total: 100,
      additional_user_props: { name: 'order', value: '17' },
      sectoral_check_props: [{ federal_id: '001', date: '18.11.2020' }],
      operating_check_props: { name: '0' },
    });
    expect(body.correction).not.toHaveProperty('client');
    expect(frozen(marked, { changes: { customer } }).body.correction.client).toMatchObject({ name: 'Anna' });
  });

  it('has no number of its own', () => {
    const own = { correction_info: { type: 'self', base_date: '2026-03-13' } };
    expect(frozen(marked, { changes: own }).body.correction.correction_info).toEqual({
      type: 'self',
      base_date: '13.03.2026',
    });
  });

  it('refuses what ATOL has no place for', () => {
    expect(() => frozen(marked, { settings: { version: 'v4' } })).toThrow(refusal('$.receipt_format'));
    expect(() => frozen(marked, { changes: { operation_type: 'buy_correction' } })).toThrow(
      refusal('$.positions[0].mark_code_type'),
    );
    const { email: _email, ...withoutEmail } = company;
    expect(() => frozen(marked, { changes: { company: withoutEmail } })).toThrow(refusal('$.company.email'));
    expect(() => frozen(marked, { changes: { customer: { full_name: 'Anna' } } })).toThrow(
      refusal('$.customer'),
    );
  });
});

import { checkCorrection } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { freezeDocument } from './freeze.js';
import { readFrozen } from './frozen-request.js';
import { company, markedReceipt, settings } from './receipt.fixture.js';

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

const {
  receipt_format: _format,
  operation_type: _operation,
  customer: _customer,
  ...content
} = markedReceipt;
const marked = {
  ...content,
  receipt_format: 'ru_1_2',
  operation_type: 'sell_refund_correction',
  correction_info: { type: 'instruction', base_date: '2026-03-13', base_number: '17-4/А' },
};

/** Returns the kind and the document that a correction, or a changed one, is frozen to. */
function frozen(correction: object, changes: object = {}, strange: object = {}) {
  const check = checkCorrection({ ...correction, ...changes }, { now });
  if (!check.ok) throw new Error(check.faults.map(({ code, path }) => `${code} ${path}`).join());
  const { receipt_format: format } = check.correction;
  const document = { ...check.correction, ...strange };
  const bytes = freezeDocument({ operation: 'correction', document }, identity, { ...settings, format });
  const { kind, body } = readFrozen(bytes);
  return { kind, ...JSON.parse(String(Buffer.from(body))) };
}

function refusal(path: string) {
  return expect.objectContaining({
    code: 'provider.unsupported',
    faults: [expect.objectContaining({ path })],
  });
}

describe('a correction in FFD 1.05', () => {
  it('has its ground, and sums by way of payment and by rate', () => {
    expect(frozen(plain)).toEqual({
      kind: 'corrections',
      id: identity.reference,
      inn: company.inn,
      group: 'Main',
      key: company.inn,
      content: {
        ffdVersion: 2,
        correctionType: 0,
        causeDocumentDate: '2026-03-13T00:00:00',
        type: 1,
        totalSum: 132.3,
        eCashSum: 132.2,
        cashSum: 0.1,
        tax1Sum: 22,
        tax4Sum: 0.3,
        tax3Sum: 10,
        taxationSystem: 0,
        customerContact: 'none',
      },
    });
  });

  it('numbers every rate and every way of payment as its sums are', () => {
    const rates = {
      vat_10: 'tax2Sum',
      vat_122: 'tax5Sum',
      vat_110: 'tax6Sum',
      vat_5: 'tax7Sum',
      vat_7: 'tax8Sum',
      vat_105: 'tax9Sum',
      vat_107: 'tax10Sum',
    };
    for (const [vat_code, name] of Object.entries(rates)) {
      const { content: sums } = frozen(plain, { vat_totals: [{ vat_code, turnover: 132.3 }] });
      expect(sums).toHaveProperty(name);
    }
    const ways = {
      prepayment: 'prepaymentSum',
      postpayment: 'postpaymentSum',
      consideration: 'otherPaymentTypeSum',
    };
    for (const [type, name] of Object.entries(ways)) {
      expect(frozen(plain, { settlements: [{ type, sum: 132.3 }] }).content).toHaveProperty(name, 132.3);
    }
  });

  it('of an order has its number, and of a payment its id', () => {
    const info = { type: 'instruction', base_date: '2026-03-13', base_number: '17' };
    const { content: ground, meta } = frozen(plain, { correction_info: info, payment_id: 'order-42' });
    expect(ground).toMatchObject({ correctionType: 1, causeDocumentNumber: '17' });
    expect(meta).toBe('order-42');
  });

  it.each<[string, object]>([
    ['$.operation_type', { operation_type: 'sell_refund_correction' }],
    ['$.customer.full_name', { customer: { email: 'a@example.org', full_name: 'Anna' } }],
    ['$.total', { total: 1 }],
    ['$.strange', { strange: 1 }],
    ['$.vat_totals[0].vat_code', { vat_totals: [{ vat_code: 'vat_20', turnover: 132.3, vat: 22 }] }],
  ])('is refused for %s', (path, strange) => {
    expect(() => frozen(plain, {}, strange)).toThrow(refusal(path));
  });
});

describe('a correction in FFD 1.2', () => {
  it('has all of a receipt, and its ground', () => {
    expect(frozen(marked)).toMatchObject({
      kind: 'correction12',
      content: {
        ffdVersion: 4,
        correctionType: 1,
        causeDocumentDate: '2026-03-13T00:00:00',
        causeDocumentNumber: '17-4/А',
        type: 2,
        positions: [{ text: 'Tea', plannedStatus: 4 }],
        checkClose: { payments: [{ type: 2, amount: 100 }], taxationSystem: 0 },
        customerContact: 'none',
        totalSum: 100,
        isInternetStore: true,
      },
    });
  });

  it('of a sale at 20 per cent says so', () => {
    const positions = [{ ...markedReceipt.positions[0], vat_code: 'vat_20' }];
    expect(frozen(marked, { positions }).content.useTax20).toBe(true);
  });
});

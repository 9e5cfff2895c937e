import { describe, expect, it } from 'vitest';
import { doubtfulReceipts, faultyReceipts } from '../examples/faulty-receipts.js';
import { documentedRequest, markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';
import { checkReceipt } from './check-receipt.js';

const now = new Date('2026-03-01T09:00:00Z');

describe('checkReceipt', () => {
  it.each([
    ['ru_1_05', russianReceipt],
    ['ru_1_2', markedReceipt],
    ['uz_1_0', uzbekReceipt],
  ])('passes a sound receipt in %s', (_format, receipt) => {
    expect(checkReceipt(receipt, { now })).toMatchObject({ ok: true, receipt, warnings: [] });
  });

  it('passes the documented request with its old VAT rate and its placeholder as warnings', () => {
    const checked = checkReceipt(documentedRequest, { now });
    expect(checked).toMatchObject({ ok: true, receipt: { total: 200 } });
    expect(checked.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['receipt.customer.email.placeholder', '$.customer.email'],
      ['receipt.vat.out-of-dates', '$.positions[0].vat_code'],
      ['receipt.vat.out-of-dates', '$.positions[1].vat_code'],
    ]);
  });

  it.each(faultyReceipts)('finds $code at $path, and nothing else', ({ code, path, input }) => {
    const checked = checkReceipt(input, { now, merchantId: '542088' });
    expect(checked.ok ? [] : checked.faults.map((fault) => [fault.code, fault.path])).toEqual([[code, path]]);
  });

  it.each(doubtfulReceipts)('warns of $code at $path', ({ code, path, input }) => {
    const checked = checkReceipt(input, { now });
    expect(checked).toMatchObject({ ok: true, warnings: [{ code, path, severity: 'warning' }] });
    expect(checkReceipt(input, { now, warningsAsFaults: true })).toMatchObject({
      ok: false,
      faults: [{ code, path }],
      warnings: [],
    });
  });

  it('brings ids, amounts, texts and defaults into their normal form', () => {
    const [tea] = russianReceipt.positions;
    const input = {
      ...russianReceipt,
      merchant_id: 542088,
      payment_id: 764239789,
      positions: [{ ...tea, name: ' Tea ', quantity: '2.500', price: '80.00' }],
      settlements: [{ type: 'cashless', sum: '200.00' }],
    };
    expect(checkReceipt(input, { now })).toMatchObject({
      ok: true,
      receipt: {
        merchant_id: '542088',
        payment_id: '764239789',
        receipt_method: 'separately',
        positions: [{ name: 'Tea', quantity: 2.5, price: 80, measure: 'piece', sum: 200 }],
        total: 200,
        settlements: [{ sum: 200 }],
      },
    });
  });

  it("fills in the merchant's own values where the receipt has none", () => {
    const { merchant_id: _, ...anonymous } = russianReceipt;
    const company = { inn: '5544332219', tax_system: 'osn' } as const;
    const options = { now, merchantId: '542088', company, receiptMethod: 'together' } as const;
    expect(checkReceipt(anonymous, options)).toMatchObject({
      ok: true,
      receipt: { merchant_id: '542088', company, receipt_method: 'together' },
    });
    const own = { ...russianReceipt, company: { inn: '7709364346' }, receipt_method: 'separately' };
    expect(checkReceipt(own, options)).toMatchObject({ ok: true, receipt: own });
  });

  it('finds faults of fields and between fields at once', () => {
    const [tea, cup] = russianReceipt.positions;
    const input = {
      ...russianReceipt,
      customer: { email: 'nowhere' },
      company: { inn: '5544332218' },
      positions: [
        { ...tea, vat_code: 'vat_12', name: '' },
        { ...cup, sum: 99 },
      ],
      settlements: [{ type: 'cashless', sum: 199.99 }],
      discount: 1,
    };
    const checked = checkReceipt(input, { now });
    expect(checked.ok ? [] : checked.faults.map(({ code }) => code).sort()).toEqual([
      'field.unknown',
      'receipt.company.inn',
      'receipt.customer.email',
      'receipt.position.name.length',
      'receipt.position.sum.mismatch',
      'receipt.settlements.mismatch',
      'receipt.vat.country',
    ]);
  });

  it('passes over a rule whose values it can not read, and over no other', () => {
    const [tea, cup] = russianReceipt.positions;
    const input = {
      ...russianReceipt,
      customer: { phone: 'none' },
      positions: [{ ...tea, price: 'free' }, { ...cup, sum: 1 }, 5],
    };
    const checked = checkReceipt(input, { now });
    expect(checked.ok ? [] : checked.faults.map(({ code, path }) => [code, path])).toEqual([
      ['receipt.customer.phone', '$.customer.phone'],
      ['amount.format', '$.positions[0].price'],
      ['field.type', '$.positions[2]'],
      ['receipt.position.sum.mismatch', '$.positions[1].sum'],
    ]);
  });

  it('compares settlements with what the positions add up to, not with a wrong total', () => {
    const checked = checkReceipt({ ...russianReceipt, total: 300 }, { now });
    expect(checked.ok ? [] : checked.faults.map(({ code }) => code)).toEqual(['receipt.total.mismatch']);
  });

  it('judges sums and totals that pass the limit', () => {
    const [tea] = russianReceipt.positions;
    const dear = { ...tea, price: 40_000_000, quantity: 1 };
    const input = {
      ...russianReceipt,
      positions: [dear, dear, { ...dear, quantity: 2 }],
      settlements: [{ type: 'cash', sum: 1 }, { type: 'cash' }],
    };
    const checked = checkReceipt(input, { now });
    expect(checked.ok ? [] : checked.faults.map(({ code, path }) => [code, path])).toEqual([
      ['field.missing', '$.settlements[1].sum'],
      ['amount.range', '$.total'],
      ['amount.range', '$.positions[2].sum'],
    ]);
  });

  it('takes the day of dated rates from the clock of the register', () => {
    const codesAt = (instant: string) =>
      checkReceipt(russianReceipt, { now: new Date(instant) }).warnings.map(({ code }) => code);
    expect(codesAt('2025-12-31T20:59:59Z')).toEqual(['receipt.vat.out-of-dates']);
    expect(codesAt('2025-12-31T21:00:00Z')).toEqual([]);
  });

  it('lets a refund keep the rate of its sale', () => {
    const [tea] = russianReceipt.positions;
    const refund = {
      ...russianReceipt,
      operation_type: 'sell_refund',
      positions: [{ ...tea, vat_code: 'vat_120' }],
    };
    const settlements = [{ type: 'cashless', sum: 100 }];
    expect(checkReceipt({ ...refund, settlements }, { now })).toMatchObject({ ok: true, warnings: [] });
  });

  it('takes twelve zeros as tax id of a supplier or buyer who has none', () => {
    const foreigner = { inn: '000000000000' };
    const [shoes] = markedReceipt.positions;
    const supplier = { ...shoes?.supplier, ...foreigner };
    const input = { ...markedReceipt, positions: [{ ...shoes, supplier }] };
    expect(checkReceipt({ ...input, customer: { ...input.customer, ...foreigner } }, { now }).ok).toBe(true);
  });

  it.each([[undefined], [null], ['receipt'], [[]], [17]])('refuses %j as a document', (input) => {
    const checked = checkReceipt(input);
    expect(checked.ok ? [] : checked.faults.map(({ path }) => path)).toEqual(['$']);
  });

  it('answers at most a thousand faults', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 0]));
    const checked = checkReceipt({ ...russianReceipt, ...unknown });
    expect(checked.ok ? 0 : checked.faults.length).toBe(1_000);
  });

  it('says nothing of the buyer in its messages', () => {
    const secrets = ['secret@example', '+7900secret', '1234567891'];
    const [email, phone, inn] = secrets;
    const input = {
      ...russianReceipt,
      customer: { email, phone, inn },
      settlements: [{ type: email, sum: phone }],
    };
    const text = JSON.stringify(checkReceipt(input, { now }));
    expect(text).toContain('receipt.customer.email');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('takes an instance of a class as well as a plain object', () => {
    class CreateReceipt {
      constructor() {
        Object.assign(this, russianReceipt);
      }
    }
    expect(checkReceipt(new CreateReceipt(), { now, merchantId: '542088' }).ok).toBe(true);
  });
});

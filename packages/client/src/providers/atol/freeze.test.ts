import {
  agentTypes,
  isFiscalError,
  measures,
  operationTypes,
  paymentMethods,
  paymentObjects,
  receiptFormats,
  settlementTypes,
  taxSystems,
  vatCodes,
} from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { freezeDocument } from './freeze.js';
import { readFrozen } from './frozen-request.js';
import {
  checked,
  company,
  fullReceipt,
  markedReceipt,
  plainReceipt,
  withPosition,
} from './receipt.fixture.js';
import type { AtolSettings } from './settings.js';

const identity = { reference: 'our-reference', businessTime: new Date('2026-03-14T09:05:31Z') };

type Settings = Pick<AtolSettings, 'version' | 'callbackUrl' | 'internet' | 'ismOptional'>;

function frozen(document: Record<string, unknown>, settings: Partial<Settings> = {}) {
  const version = document.receipt_format === 'ru_1_2' ? 'v5' : 'v4';
  return readFrozen(freezeDocument({ operation: 'receipt', document }, identity, { version, ...settings }));
}

function written(document: Record<string, unknown>, settings?: Partial<Settings>) {
  return JSON.parse(Buffer.from(frozen(document, settings).body).toString());
}

function refusedPath(document: Record<string, unknown>, settings?: Partial<Settings>): string | undefined {
  try {
    frozen(document, settings);
    return undefined;
  } catch (error) {
    if (!isFiscalError(error) || error.code !== 'provider.unsupported') throw error;
    return error.faults[0]?.path;
  }
}

const marked = markedReceipt.positions[0];

describe('a receipt for v4', () => {
  it('has every field of ours', () => {
    expect(
      written(checked(fullReceipt), { callbackUrl: 'https://shop.example/atol', internet: true }),
    ).toEqual({
      external_id: 'our-reference',
      timestamp: '14.03.2026 12:05:31',
      receipt: {
        client: { email: 'buyer@example.org', phone: '+79161234567', name: 'Anna', inn: '7709364346' },
        company: {
          email: 'shop@example.org',
          sno: 'osn',
          inn: '5544332219',
          payment_address: 'https://shop.example',
        },
        items: [
          {
            name: 'Tea',
            price: 50,
            quantity: 2,
            sum: 100,
            measurement_unit: 'кг',
            payment_method: 'full_payment',
            payment_object: 'commodity',
            vat: { type: 'vat22' },
            agent_info: { type: 'commission_agent' },
            supplier_info: { phones: ['+79000000000'], name: 'Maker', inn: '7709364346' },
          },
        ],
        payments: [{ type: 1, sum: 100 }],
        total: 100,
        additional_user_props: { name: 'order', value: '17' },
        internet: true,
      },
      service: { callback_url: 'https://shop.example/atol' },
    });
  });

  it('takes a seller without e-mail and tax system', () => {
    const { inn, payment_address } = company;
    expect(written(checked(plainReceipt, { company: { inn, payment_address } })).receipt.company).toEqual({
      inn,
      payment_address,
    });
  });

  it('names every kind of goods, or refuses it at its path', () => {
    const texts = Object.keys(paymentObjects).map((payment_object) => {
      const document = checked();
      const [position] = document.positions as object[];
      const changed = { ...document, positions: [{ ...position, payment_object }] };
      const path = refusedPath(changed);
      return path ?? written(changed).receipt.items[0].payment_object;
    });
    const path = '$.positions[0].payment_object';
    expect(texts.filter((text) => text === path)).toHaveLength(5);
    expect(texts.slice(0, 3)).toEqual(['commodity', 'excise', 'job']);
    expect(new Set(texts).size).toBe(texts.length - 4);
  });

  it('writes every measure in at most 16 characters', () => {
    const texts = Object.keys(measures).map(
      (measure) => written(withPosition(plainReceipt, { measure })).receipt.items[0].measurement_unit,
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(Math.max(...texts.map((text: string) => text.length))).toBeLessThanOrEqual(16);
  });
});

describe('a receipt for v5', () => {
  it('has every field of ours', () => {
    expect(written(checked(markedReceipt), { ismOptional: true })).toEqual({
      external_id: 'our-reference',
      timestamp: '14.03.2026 12:05:31',
      ism_optional: true,
      receipt: {
        client: { email: 'buyer@example.org', phone: '+79161234567', name: 'Anna', inn: '7709364346' },
        company: {
          email: 'shop@example.org',
          sno: 'osn',
          inn: '5544332219',
          payment_address: 'https://shop.example',
        },
        items: [
          {
            name: 'Tea',
            price: 100,
            quantity: 1,
            sum: 100,
            measure: 0,
            payment_method: 'full_payment',
            payment_object: 33,
            vat: { type: 'vat22' },
            mark_processing_mode: '0',
            planned_status: 2,
            mark_code: { gs1m: Buffer.from(marked.mark_code_type.gs_1m).toString('base64') },
            mark_quantity: { numerator: 1, denominator: 4 },
            sectoral_item_props: [
              { federal_id: '030', date: '21.11.2023', number: '1944', value: 'UUID=1&Time=2' },
            ],
            agent_info: { type: 'commission_agent' },
            supplier_info: { phones: ['+79000000000'], name: 'Maker', inn: '7709364346' },
          },
        ],
        payments: [{ type: 1, sum: 100 }],
        total: 100,
        additional_user_props: { name: 'order', value: '17' },
        sectoral_check_props: [
          { federal_id: '001', date: '18.11.2020', number: '123/43', value: 'Id1=Value1' },
        ],
        operating_check_props: { name: '0', value: 'data', timestamp: '01.03.2026 13:00:00' },
      },
    });
  });

  it('writes goods and measures by the values of their tags', () => {
    for (const [measure, value] of Object.entries(measures)) {
      const plain = { ...plainReceipt.positions[0], measure };
      const document = checked({ ...plainReceipt, receipt_format: 'ru_1_2', positions: [plain] });
      expect(written(document).receipt.items[0].measure).toBe(value);
    }
    for (const [payment_object, value] of Object.entries(paymentObjects)) {
      const document = checked({ ...plainReceipt, receipt_format: 'ru_1_2' });
      const [position] = document.positions as object[];
      const changed = { ...document, positions: [{ ...position, payment_object }] };
      expect(written(changed).receipt.items[0].payment_object).toBe(value);
    }
  });

  it.each([
    ['sell', false, 1],
    ['sell', true, 2],
    ['sell_refund', false, 3],
    ['sell_refund', true, 4],
  ])('plans the status of a marked item in a %s (part: %s) as %i', (operation_type, isPart, status) => {
    const { mark_quantity, ...whole } = marked;
    const document = checked(markedReceipt, { operation_type, positions: [isPart ? marked : whole] });
    expect(written(document).receipt.items[0].planned_status).toBe(status);
    expect(frozen(document).operation).toBe(operation_type);
  });

  const gs1 = '010463003407001221CMK45BrhN0WLf';
  const base64 = Buffer.from(gs1).toString('base64');
  it.each([
    [{ gs_1m: gs1 }, { gs1m: base64 }],
    [{ gs_1m: base64 }, { gs1m: base64 }],
    [{ gs_1m: base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') }, { gs1m: base64 }],
    [{ mark_code_raw: gs1 }, { gs1m: base64 }],
    [{ unknown: 'abc' }, { unknown: 'abc' }],
    [{ ean_8: '12345678' }, { ean8: '12345678' }],
    [{ ean_13: '1234567890123' }, { ean13: '1234567890123' }],
    [{ itf_14: '12345678901234' }, { itf14: '12345678901234' }],
    [{ gs_10: '0104630034070012' }, { gs10: '0104630034070012' }],
    [{ short: '04630034070012CMK45BrhN' }, { short: '04630034070012CMK45BrhN' }],
    [{ fur: 'RU-123456-ABCDEFGHIJ' }, { fur: 'RU-123456-ABCDEFGHIJ' }],
    [{ egais_20: 'a'.repeat(23) }, { egais20: 'a'.repeat(23) }],
    [{ egais_30: 'a'.repeat(14) }, { egais30: 'a'.repeat(14) }],
  ])('takes the mark code %j', (mark_code_type, expected) => {
    expect(written(withPosition(markedReceipt, { mark_code_type })).receipt.items[0].mark_code).toEqual(
      expected,
    );
  });

  it.each([
    ['mark_code_raw', 'no GS1 code'],
    ['egais_20', 'a'.repeat(33)],
    ['fur', 'RU-12A456-ABCDEFGHIJ'],
    ['gs_1m', `${gs1}${'x'.repeat(150)}`],
  ])('refuses the mark code %s: %s', (kind, code) => {
    const document = withPosition(markedReceipt, { mark_code_type: { [kind]: code } });
    expect(refusedPath(document)).toBe(`$.positions[0].mark_code_type.${kind}`);
  });
});

describe('values of enumerations', () => {
  it('are all taken, but for the rates of Uzbekistan', () => {
    const refused = Object.keys(vatCodes).filter((vat_code) => {
      const document = checked();
      const [position] = document.positions as object[];
      return refusedPath({ ...document, positions: [{ ...position, vat_code }] }) !== undefined;
    });
    expect(refused).toEqual(['vat_6', 'vat_12', 'vat_112']);
    const types = Object.keys(settlementTypes).map(
      (type) =>
        written(checked(plainReceipt, { settlements: [{ type, sum: 100 }] })).receipt.payments[0].type,
    );
    expect(types).toEqual([0, 1, 2, 3, 4]);
    const methods = Object.keys(paymentMethods).map(
      (payment_method) =>
        written(withPosition(plainReceipt, { payment_method })).receipt.items[0].payment_method,
    );
    expect(methods).toEqual([
      'full_prepayment',
      'prepayment',
      'advance',
      'full_payment',
      'partial_payment',
      'credit',
      'credit_payment',
    ]);
    const agents = Object.keys(agentTypes).map(
      (agent_type) => written(withPosition(fullReceipt, { agent_type })).receipt.items[0].agent_info.type,
    );
    expect(agents).toEqual([
      'bank_paying_agent',
      'bank_paying_subagent',
      'paying_agent',
      'paying_subagent',
      'attorney',
      'commission_agent',
      'another',
    ]);
    const systems = Object.keys(taxSystems).map(
      (tax_system) =>
        written(checked(plainReceipt, { company: { ...company, tax_system } })).receipt.company.sno,
    );
    expect(systems).toEqual(Object.keys(taxSystems));
    const operations = Object.keys(operationTypes).map(
      (operation_type) => frozen(checked(plainReceipt, { operation_type })).operation,
    );
    expect(operations).toEqual(['sell', 'sell_refund', 'buy', 'buy_refund']);
  });
});

describe('what ATOL has no place for', () => {
  const v5 = { ...plainReceipt, receipt_format: 'ru_1_2' } as const;
  const { email: _email, ...withoutEmail } = company;
  const { tax_system: _system, ...withoutSystem } = company;
  it.each<[string, Record<string, unknown>]>([
    ['$.receipt_method', checked(plainReceipt, { receipt_method: 'together' })],
    ['$.company', checked(plainReceipt, { company: undefined })],
    ['$.company.payment_address', checked(plainReceipt, { company: { inn: company.inn } })],
    ['$.company.email', checked(v5, { company: withoutEmail })],
    ['$.company.tax_system', checked(v5, { company: withoutSystem })],
    ['$.customer', { ...checked(), customer: undefined }],
    ['$.customer.phone', checked(v5, { customer: { phone: '1234567890123456789' } })],
    ['$.customer.passport', { ...checked(), customer: { email: 'a@example.org', passport: '1' } }],
    [
      '$.positions[0].supplier.phone',
      withPosition(fullReceipt, {
        supplier: { ...fullReceipt.positions[0].supplier, phone: '1234567890123456789' },
      }),
    ],
    [
      '$.positions[0].quantity',
      withPosition(markedReceipt, { measure: 'liter', quantity: 0.5, price: 200, mark_quantity: undefined }),
    ],
    ['$.positions[0].mark_code_type', checked(markedReceipt, { operation_type: 'buy' })],
    [
      '$.positions[0].labels',
      { ...checked(), positions: [{ ...(checked().positions as object[])[0], labels: [] }] },
    ],
    [
      '$.receipt_operating_details.operation_id',
      checked(markedReceipt, {
        receipt_operating_details: { ...markedReceipt.receipt_operating_details, operation_id: 7 },
      }),
    ],
    ['$.surprise', { ...checked(), surprise: 1 }],
  ])('is refused at %s', (path, document) => {
    expect(refusedPath(document)).toBe(path);
  });

  it('is a receipt in the format of the other version, and any in Uzbekistan', () => {
    expect(refusedPath(checked(), { version: 'v5' })).toBe('$.receipt_format');
    for (const receipt_format of receiptFormats.filter((format) => format !== 'ru_1_05')) {
      expect(refusedPath({ ...checked(), receipt_format }, { version: 'v4' })).toBe('$.receipt_format');
    }
  });

  it('is a document that is no receipt', () => {
    const freeze = () =>
      freezeDocument({ operation: 'confirmation.anor', document: checked() }, identity, { version: 'v4' });
    expect(freeze).toThrow(expect.objectContaining({ code: 'provider.unsupported' }));
  });
});

describe('phones', () => {
  it.each([
    ['+79161234567', '+79161234567'],
    ['79161234567', '+79161234567'],
    ['89161234567', '+79161234567'],
    ['9161234567', '+79161234567'],
    ['998901234567', '+998901234567'],
  ])('%s is written %s', (phone, expected) => {
    expect(written(checked(plainReceipt, { customer: { phone } })).receipt.client).toEqual({
      phone: expected,
    });
  });
});

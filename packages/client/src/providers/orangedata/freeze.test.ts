import {
  agentTypes,
  measures,
  paymentMethods,
  paymentObjects,
  settlementTypes,
  taxSystems,
  vatCodes,
} from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { freezeDocument } from './freeze.js';
import { contentOf, readFrozen, writeFrozen } from './frozen-request.js';
import {
  checked,
  company,
  fullReceipt,
  inn,
  markedReceipt,
  plainReceipt,
  settings,
  withPosition,
} from './receipt.fixture.js';
import type { OrangedataSettings } from './settings.js';

const identity = { reference: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10', businessTime: new Date(0) };

function frozen(document: Readonly<Record<string, unknown>>, given: Partial<OrangedataSettings> = {}) {
  const format = document.receipt_format === 'ru_1_2' ? 'ru_1_2' : 'ru_1_05';
  const bytes = freezeDocument({ operation: 'receipt', document }, identity, {
    ...settings,
    format,
    ...given,
  });
  const { kind, body } = readFrozen(bytes);
  return { kind, document: JSON.parse(String(Buffer.from(body))) };
}

/** Returns the content that a receipt is frozen to. */
function content(document: Readonly<Record<string, unknown>>, given: Partial<OrangedataSettings> = {}) {
  return frozen(document, given).document.content;
}

function refusal(path: string) {
  return expect.objectContaining({
    code: 'provider.unsupported',
    faults: [expect.objectContaining({ path })],
  });
}

describe('a frozen receipt', () => {
  it('has every field of FFD 1.05', () => {
    expect(frozen(checked(fullReceipt))).toEqual({
      kind: 'documents',
      document: {
        id: identity.reference,
        inn,
        group: 'Main',
        key: inn,
        content: {
          ffdVersion: 2,
          type: 1,
          positions: [
            {
              text: 'Tea',
              quantity: 2,
              price: 50,
              tax: 1,
              paymentMethodType: 4,
              agentType: 32,
              supplierInfo: { phoneNumbers: ['+79000000000'], name: 'ООО "Дом"' },
              supplierINN: '7709364346',
              paymentSubjectType: 1,
              unitOfMeasurement: 'кг',
            },
          ],
          checkClose: { payments: [{ type: 2, amount: 100 }], taxationSystem: 0 },
          customerContact: '+79161234567',
          customer: 'Анна',
          customerINN: '7709364346',
          senderEmail: 'shop@example.org',
          totalSum: 100,
          additionalUserAttribute: { name: 'order', value: '17' },
          isInternetStore: true,
        },
        meta: 'order-42',
      },
    });
  });

  it('has every field of FFD 1.2', () => {
    expect(content(checked(markedReceipt))).toMatchObject({
      ffdVersion: 4,
      positions: [
        {
          paymentSubjectType: 33,
          quantityMeasurementUnit: 0,
          itemCode: '010463003407001221CMK45BrhN0WLf',
          plannedStatus: 2,
          fractionalQuantity: { numerator: 1, denominator: 4 },
          industryAttributes: [
            {
              foivId: '030',
              causeDocumentDate: '21.11.2023',
              causeDocumentNumber: '1944',
              value: 'UUID=1&Time=2',
            },
          ],
        },
      ],
      customerInfo: { name: 'Анна', inn: '7709364346' },
      industryAttribute: {
        foivId: '001',
        causeDocumentDate: '18.11.2020',
        causeDocumentNumber: '123/43',
        value: 'Id1=Value1',
      },
      operationalAttribute: { date: '2026-03-01T13:00:00', id: 17, value: 'data' },
    });
  });

  it('carries what the settings say', () => {
    const { document } = frozen(checked(), {
      group: 'Vend',
      key: 'K_1',
      callbackUrl: 'https://shop.example/called',
      internet: false,
      ignoreItemCodeCheck: true,
    });
    expect(document).toMatchObject({
      group: 'Vend',
      key: 'K_1',
      callbackUrl: 'https://shop.example/called',
      content: { isInternetStore: false },
      ignoreItemCodeCheck: true,
    });
  });

  it('is told by its kind apart, and is no other bytes', () => {
    const { kind, body } = readFrozen(writeFrozen('correction12', { content: { type: 1 } }));
    expect([kind, contentOf({ kind, body })]).toEqual(['correction12', { type: 1 }]);
    expect(() => readFrozen(Buffer.from('sell\n{}'))).toThrow(TypeError);
  });
});

describe('every value of an enumeration', () => {
  const russian = Object.keys(vatCodes).filter((code) => !['vat_6', 'vat_12', 'vat_112'].includes(code));
  const numbers: Readonly<Record<string, readonly [number, true?]>> = {
    vat_22: [1],
    vat_20: [1, true],
    vat_10: [2],
    vat_122: [3],
    vat_120: [3, true],
    vat_110: [4],
    vat_0: [5],
    none: [6],
    vat_5: [7],
    vat_7: [8],
    vat_105: [9],
    vat_107: [10],
  };

  it.each(russian)('of VAT, %s, has its number, and the flag of 20 per cent', (vat_code) => {
    const { positions, useTax20 } = content(withPosition(plainReceipt, { vat_code }));
    expect([positions[0].tax, useTax20]).toEqual([numbers[vat_code]?.[0], numbers[vat_code]?.[1]]);
  });

  it('is refused where 20 and 22 per cent stand in one receipt', () => {
    const [position] = plainReceipt.positions;
    const rates = (...codes: string[]) =>
      checked(plainReceipt, {
        positions: codes.map((vat_code) => ({ ...position, vat_code })),
        settlements: [{ type: 'cashless', sum: 100 * codes.length }],
      });
    expect(() => content(rates('none', 'vat_22', 'vat_120'))).toThrow(refusal('$.positions[2].vat_code'));
    expect(content(rates('none', 'vat_20', 'vat_120')).useTax20).toBe(true);
  });

  it('of payment, subject, method, agent, unit and tax system has its number', () => {
    const types = { cash: 1, cashless: 2, prepayment: 14, postpayment: 15, consideration: 16 };
    expect(Object.keys(types)).toEqual(Object.keys(settlementTypes));
    for (const [type, number] of Object.entries(types)) {
      const { checkClose } = content({ ...checked(), settlements: [{ type, sum: 100 }] });
      expect(checkClose.payments).toEqual([{ type: number, amount: 100 }]);
    }
    for (const [index, tax_system] of Object.keys(taxSystems).entries()) {
      expect(content({ ...checked(), company: { ...company, tax_system } }).checkClose.taxationSystem).toBe(
        index,
      );
    }
    const [position] = checked(markedReceipt).positions as Record<string, unknown>[];
    const of = (change: object) =>
      content({ ...checked(markedReceipt), positions: [{ ...position, ...change }] });
    for (const [payment_object, number] of Object.entries(paymentObjects)) {
      expect(of({ payment_object }).positions[0].paymentSubjectType).toBe(number);
    }
    for (const [payment_method, number] of Object.entries(paymentMethods)) {
      expect(of({ payment_method }).positions[0].paymentMethodType).toBe(number);
    }
    for (const [agent_type, bit] of Object.entries(agentTypes)) {
      expect(of({ agent_type }).positions[0].agentType).toBe(bit);
    }
    for (const [measure, number] of Object.entries(measures)) {
      expect(of({ measure }).positions[0].quantityMeasurementUnit).toBe(number);
    }
  });

  it.each(['insurance_collection', 'marked'])(
    'that FFD 1.05 does not have, %s, is refused',
    (payment_object) => {
      const [position] = checked().positions as object[];
      const document = { ...checked(), positions: [{ ...position, payment_object }] };
      expect(() => content(document)).toThrow(refusal('$.positions[0].payment_object'));
    },
  );
});

describe('a text', () => {
  it('is written in the characters of code page 866', () => {
    const name = '«Ёлка» “A” — ‘b’ … № 5\u00a0кг 1000 ₽';
    expect(content(withPosition(plainReceipt, { name })).positions[0].text).toBe(
      `"Ёлка" "A" - 'b' ... № 5 кг 1000 руб.`,
    );
    const decomposed = 'чай'.normalize('NFD');
    expect(content(withPosition(plainReceipt, { name: decomposed })).positions[0].text).toBe('чай');
  });

  it('that has others is refused by its field, or gets question marks', () => {
    const bread = withPosition(plainReceipt, { name: 'Oʻzbek non 🍞' });
    expect(() => content(bread)).toThrow(refusal('$.positions[0].name'));
    expect(content(bread, { characters: 'replace' }).positions[0].text).toBe("O'zbek non ?");
    for (const [path, change] of [
      ['$.customer.full_name', { customer: { email: 'a@example.org', full_name: 'Zoë' } }],
      ['$.additional_user_props.value', { additional_user_props: { name: 'a', value: '🍞' } }],
    ] as const) {
      expect(() => content(checked(plainReceipt, change))).toThrow(refusal(path));
    }
  });

  it('that is an address is sent as it is, or refused', () => {
    const contact = (email: string) => content({ ...checked(), customer: { email } }).customerContact;
    // The sample of the receipts API, as its page was mangled.
    for (const email of ['покупатель@пример.рф', '[email\u00a0protected]'])
      expect(contact(email)).toBe(email);
    for (const email of ['zoë@example.org', `${'a'.repeat(60)}@a.ru`])
      expect(() => contact(email)).toThrow(refusal('$.customer.email'));
  });

  it('is measured as it is printed', () => {
    const name = `${'a'.repeat(127)}…`;
    expect(() => content(withPosition(plainReceipt, { name }))).toThrow(refusal('$.positions[0].name'));
  });
});

describe('a mark code', () => {
  const base64 = Buffer.from('0104630034070012215mbrNhH0bgW2\u001d93dGVz').toString('base64');
  it.each([
    [{ mark_code_raw: 'anything' }, { itemCode: 'anything', plannedStatus: 1 }],
    [{ unknown: 'code' }, { itemCode: 'code', plannedStatus: 1 }],
    [{ short: 'code' }, { itemCode: 'code', plannedStatus: 1 }],
    [{ gs_1m: base64 }, { itemCode: '0104630034070012215mbrNhH0bgW2\u001d93dGVz', plannedStatus: 1 }],
    [{ ean_8: '12345670' }, { barcodes: { ean8: '12345670' } }],
    [{ ean_13: '4600439931256' }, { barcodes: { ean13: '4600439931256' } }],
    [{ itf_14: '14600439931253' }, { barcodes: { itf14: '14600439931253' } }],
    [{ gs_10: '0104600439931256' }, { barcodes: { gs1: '0104600439931256' } }],
    [{ fur: 'RU-430302-ABC1234567' }, { barcodes: { mi: 'RU-430302-ABC1234567' } }],
    [{ egais_20: '1'.repeat(23) }, { barcodes: { egais20: '1'.repeat(23) } }],
    [{ egais_30: '1'.repeat(14) }, { barcodes: { egais30: '1'.repeat(14) } }],
  ])('%j goes where OrangeData has it', (mark_code_type, members) => {
    const [position] = content(
      withPosition(markedReceipt, { mark_code_type, mark_quantity: undefined }),
    ).positions;
    const { itemCode, plannedStatus, barcodes } = position;
    expect(JSON.parse(JSON.stringify({ itemCode, plannedStatus, barcodes }))).toEqual(members);
  });

  it('that is too long, doubled, or of what is bought is refused', () => {
    const document = checked(markedReceipt);
    const [position] = document.positions as object[];
    const refused = (mark_code_type: object, path: string, change: object = {}) =>
      expect(() => content({ ...document, ...change, positions: [{ ...position, mark_code_type }] })).toThrow(
        refusal(`$.positions[0].mark_code_type${path}`),
      );
    refused({ mark_code_raw: 'a'.repeat(224) }, '.mark_code_raw');
    refused({ egais_20: '1'.repeat(33) }, '.egais_20');
    refused({ short: 'a', unknown: 'b' }, '');
    refused({ short: 'a' }, '', { operation_type: 'buy' });
    const shared = { ...position, mark_code_type: undefined };
    expect(() => content({ ...document, positions: [shared] })).toThrow(
      refusal('$.positions[0].mark_quantity'),
    );
  });
});

describe('what has no place is refused by its name', () => {
  const position = (change: object) => ({ ...(checked().positions as object[])[0], ...change });
  it.each<[string, Record<string, unknown>]>([
    ['$.customer', { customer: undefined }],
    ['$.customer.phone', { customer: { email: 'a@example.org', phone: '79161234567' } }],
    ['$.customer.strange', { customer: { email: 'a@example.org', strange: 1 } }],
    ['$.company', { company: undefined }],
    ['$.company.inn', { company: { ...company, inn: '7709364346' } }],
    ['$.company.payment_address', { company: { ...company, payment_address: 'another' } }],
    ['$.company.tax_system', { company: { ...company, tax_system: undefined } }],
    ['$.receipt_method', { receipt_method: 'together' }],
    ['$.total', { total: 99 }],
    ['$.positions', { positions: Array.from({ length: 251 }, () => position({})) }],
    ['$.positions[0].sum', { positions: [position({ sum: 99 })] }],
    ['$.positions[0].supplier', { positions: [position({ supplier: { inn } })] }],
    ['$.positions[0].supplier.inn', { positions: [position({ agent_type: 'agent' })] }],
    ['$.positions[0].strange', { positions: [position({ strange: 1 })] }],
    ['$.settlements[0].strange', { settlements: [{ type: 'cash', sum: 100, strange: 1 }] }],
    ['$.strange', { strange: 1 }],
    [
      '$.additional_user_props.value',
      { additional_user_props: { name: 'a'.repeat(64), value: 'b'.repeat(234) } },
    ],
  ])('%s', (path, change) => {
    expect(() => content({ ...checked(), ...change })).toThrow(refusal(path));
  });

  it('also in FFD 1.2', () => {
    const document = checked(markedReceipt);
    const [detail] = document.receipt_industry_details as object[];
    const several = { ...document, receipt_industry_details: [detail, detail] };
    expect(() => content(several)).toThrow(refusal('$.receipt_industry_details[1]'));
    const long = { ...document, receipt_industry_details: [{ ...detail, value: 'a'.repeat(240) }] };
    expect(() => content(long)).toThrow(refusal('$.receipt_industry_details[0].value'));
  });

  it('but for a place of settlement where none is set: the receipt may leave it out', () => {
    const { paymentAddress: _paymentAddress, ...unset } = settings;
    const freeze = (document: Record<string, unknown>) =>
      freezeDocument({ operation: 'receipt', document }, identity, unset);
    const without = { ...checked(), company: { ...company, payment_address: undefined } };
    expect(freeze(without).length).toBeGreaterThan(0);
    expect(() => freeze(checked())).toThrow(refusal('$.company.payment_address'));
  });
});

import { describe, expect, it } from 'vitest';
import { documentedRequest, markedReceipt, uzbekReceipt } from '../examples/receipts.js';
import { checkReceipt } from '../validation/check-receipt.js';
import { documentedList, documentedPending } from './documented-answers.fixture.js';
import type { Receipt } from './receipt.js';
import { receiptObject } from './receipt-object.js';
import { receiptObjectSchema } from './receipt-object-schema.js';

const circumstances = {
  receiptId: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
  merchantId: '542088',
  status: 'pending',
  createdAt: new Date('2023-04-10T10:34:12Z'),
  utcOffsetHours: 5,
  mark: null,
  fiscalProviderId: null,
  link: null,
  error: null,
} as const;

function receiptOf(input: unknown): Receipt {
  const company = documentedPending.data.company;
  const checked = checkReceipt(input, { company: { ...company, tax_system: 'osn' } });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.receipt;
}

describe('receiptObject', () => {
  const receipt = receiptOf(documentedRequest);

  it('writes a pending receipt as the provider does, in the same order', () => {
    const object = receiptObject({ receipt, ...circumstances });
    const { positions, ...rest } = documentedPending.data;
    expect(object).toMatchObject({ ...rest, created_at: '10.04.2023 15:34:12' });
    expect(Object.keys(object)).toEqual(Object.keys(documentedPending.data));
    const written = JSON.parse(JSON.stringify(object)) as typeof documentedPending.data;
    expect(written.positions.map(Object.keys)).toEqual(positions.map(Object.keys));
  });

  it('writes a registered receipt on the clock of its register', () => {
    const [listed] = documentedList.data;
    const object = receiptObject({
      receipt,
      ...circumstances,
      status: 'registered',
      createdAt: new Date('2023-03-30T12:20:29Z'),
      utcOffsetHours: 3,
      mark: {
        country: 'ru',
        fiscal_storage_number: '9999078900006369',
        fiscal_document_number: '11900',
        fiscal_attribute: '790695398',
        registered_at: '2023-03-30T15:20:00+03:00',
      },
    });
    expect(object).toMatchObject({
      fiscal_document_number: listed?.fiscal_document_number,
      fiscal_storage_number: listed?.fiscal_storage_number,
      fiscal_attribute: listed?.fiscal_attribute,
      registered_at: '30.03.2023 15:20:00',
      created_at: '30.03.2023 15:20:29',
    });
  });

  it('writes the Uzbek mark under the same names', () => {
    const mark = {
      country: 'uz',
      terminal_id: 'UZ170703100597',
      receipt_number: '2421',
      fiscal_sign: '083306860386',
      registered_at: '2023-01-04T12:18:01+05:00',
    } as const;
    const object = receiptObject({ receipt: receiptOf(uzbekReceipt), ...circumstances, mark });
    expect(object).toMatchObject({
      fiscal_document_number: '2421',
      fiscal_storage_number: 'UZ170703100597',
      fiscal_attribute: '083306860386',
      registered_at: '04.01.2023 12:18:01',
    });
  });

  it('writes details between the method and the outcome, and the sum of a position last', () => {
    const object = receiptObject({ receipt: receiptOf(markedReceipt), ...circumstances });
    const keys = Object.keys(object);
    expect(keys.slice(keys.indexOf('receipt_method'))).toEqual([
      'receipt_method',
      'additional_user_props',
      'receipt_industry_details',
      'receipt_operating_details',
      'error',
      'link',
      'payment_id',
    ]);
    expect(Object.keys(object.positions[0] ?? {}).at(-1)).toBe('sum');
    expect(object).not.toHaveProperty('customer');
  });

  it('names the origin last, and only where there is one', () => {
    const origin = { receipt_id: 'bb938d6c-6c1c-44a0-aa54-32c3e14fddb7', relation: 'refund' } as const;
    const supersededBy = '1a624e49-41c3-4d0f-84d3-497483e81153';
    const object = receiptObject({ receipt, ...circumstances, supersededBy, origin });
    expect(Object.keys(object).slice(-3)).toEqual(['payment_id', 'superseded_by', 'origin']);
    expect(object.origin).toEqual(origin);
    expect(receiptObjectSchema.safeParse(object).success).toBe(true);
    expect(
      receiptObjectSchema.safeParse({ ...object, origin: { ...origin, relation: 'other' } }).success,
    ).toBe(false);
    expect(receiptObject({ receipt, ...circumstances })).not.toHaveProperty('origin');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseRussianLink } from '../links/russian-link.js';
import { parseWireTime } from '../time/wire-time.js';
import {
  documentedList,
  documentedPending,
  documentedReceipt,
  documentedSingle,
} from './documented-answers.fixture.js';
import { providerReceiptSchema, readProviderReceipt } from './provider-receipt.js';

const registered = [documentedReceipt.data, ...documentedList.data, documentedSingle.data];

describe('providerReceiptSchema', () => {
  it.each(registered)('reads the documented receipt $receipt_id', (documented) => {
    const read = providerReceiptSchema.parse(documented);
    expect(read).toMatchObject({
      merchant_id: '542088',
      receipt_id: documented.receipt_id,
      status: 'registered',
      fiscal_document_number: String(documented.fiscal_document_number),
      fiscal_attribute: String(documented.fiscal_attribute),
      total: documented.total,
      error: null,
    });
    const { mark } = parseRussianLink(read.link ?? '');
    expect(mark).toMatchObject({
      fiscal_storage_number: read.fiscal_storage_number,
      fiscal_document_number: read.fiscal_document_number,
      fiscal_attribute: read.fiscal_attribute,
    });
    expect(new Date(mark.registered_at)).toEqual(parseWireTime(read.registered_at ?? '', 3));
  });

  it('reads the documented pending receipt', () => {
    expect(providerReceiptSchema.parse(documentedPending.data)).toMatchObject({
      status: 'pending',
      fiscal_document_number: null,
      fiscal_storage_number: null,
      fiscal_attribute: null,
      registered_at: null,
      link: null,
      payment_id: '764239789',
    });
  });

  it.each(['failed', 'fail', 'error', 'canceled', 'Cancelled ', 'rejected'])(
    'takes %j for a failure',
    (status) => {
      expect(providerReceiptSchema.parse({ receipt_id: 'r', status }).status).toBe('rejected');
    },
  );

  it.each([
    [
      { code: 40, message: 'no' },
      { code: '40', message: 'no' },
    ],
    ['no', { code: null, message: 'no' }],
    ['', null],
    [17, null],
  ])('reads the error %j', (error, read) => {
    expect(providerReceiptSchema.parse({ receipt_id: 'r', status: 'failed', error }).error).toEqual(read);
  });

  it('reads texts for numbers, numbers for ids, and drops what it does not know', () => {
    const read = providerReceiptSchema.parse({
      receipt_id: 17,
      status: 'pending',
      payment_id: 764239789,
      total: '200.00',
      company: 'none',
      positions: [{ name: 'Tea', quantity: '2.00', price: '50.005', sum: {} }],
      colour: 'red',
    });
    expect(read).toMatchObject({ receipt_id: '17', payment_id: '764239789', total: 200, company: null });
    expect(read.positions).toMatchObject([
      { name: 'Tea', quantity: 2, price: null, sum: null, measure: null },
    ]);
    expect(read).not.toHaveProperty('colour');
  });

  it.each([
    ['200,00', 200],
    [' 200.5 ', 200.5],
    ['1 234\u00a0567,5', 1_234_567.5],
    ['1,000', null],
    ['1,000.00', null],
    ['12 34', null],
  ])('reads the amount %j as %j', (total, read) => {
    expect(providerReceiptSchema.parse({ receipt_id: 'r', status: 'pending', total }).total).toBe(read);
  });

  it.each([
    ['2,000', 2],
    ['0,5', 0.5],
    ['1 000', 1000],
    ['', null],
    ['2 шт', null],
  ])('reads the quantity %j as %j', (quantity, read) => {
    const positions = [{ quantity }];
    expect(
      providerReceiptSchema.parse({ receipt_id: 'r', status: 'pending', positions }).positions,
    ).toMatchObject([{ quantity: read }]);
  });

  it.each([[{ receipt_id: 'r', status: 'maybe' }], [{ status: 'pending' }], [{ receipt_id: 'r' }], [null]])(
    'refuses %j',
    (object) => {
      expect(providerReceiptSchema.safeParse(object).success).toBe(false);
    },
  );
});

const documented = [documentedReceipt.data, documentedPending.data, ...documentedList.data];
const oddities = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    ' ',
    ' 12,5',
    '12.345',
    '7',
    -1,
    0.1,
    1e300,
    Number.NaN,
    'FAILED ',
    [],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const fields = Object.keys(providerReceiptSchema.shape);
const positionFields = Object.keys(providerReceiptSchema.shape.positions.unwrap().unwrap().element.shape);

function someOf(names: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...names, 'unknown'), oddities, { maxKeys: 3, noNullPrototype: true });
}

/** Draws a documented receipt with odd values in some fields and in some of a position. */
const receipts = fc
  .record({
    receipt: fc.constantFrom(...documented),
    changes: someOf(fields),
    position: someOf(positionFields),
  })
  .map(({ receipt, changes, position }) => {
    const [first, ...rest] = receipt.positions;
    return { ...receipt, positions: [{ ...first, ...position }, ...rest], ...changes };
  });

it('reads what the schema reads, in steady use too', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: receipts }, oddities), (input) => {
      expect(readProviderReceipt(input)).toStrictEqual(providerReceiptSchema.safeParse(input).data ?? null);
    }),
    { numRuns: 3_000 },
  );
});

it('has a schema that can be compiled', () => {
  expect(() => z.compile(providerReceiptSchema, { strict: true })).not.toThrow();
});

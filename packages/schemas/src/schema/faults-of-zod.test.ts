import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorsByPath } from '../errors/fault.js';
import { faultyQueries } from '../examples/faulty-documents.js';
import { changed, doubtfulReceipts } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt } from '../examples/receipts.js';
import { receiptListQuerySchema } from '../query/receipt-list-query.js';
import { receiptSchema } from '../receipt/receipt-schema.js';
import { faultOf } from '../rules/rules.js';
import { faultsOfZod, structuralFaults } from './faults-of-zod.js';
import { coded } from './issue-codes.js';

const foreign = z.strictObject({
  name: z.string().max(3),
  'e-mail': z.email().optional(),
  kind: z.enum(['a', 'b']),
  items: z.array(z.object({ id: z.number() })),
  limited: z.number().max(5, coded('amount.range')),
});

function faultsIn(document: unknown): [string, string][] {
  const { error } = foreign.safeParse(document);
  return error ? faultsOfZod(error).map(({ code, path }) => [code, path]) : [];
}

describe('faultsOfZod', () => {
  it('finds the nearest code for every issue of a foreign schema', () => {
    const document = {
      name: 'long',
      'e-mail': 'x',
      kind: 'c',
      items: [{ id: 1 }, { id: '2' }],
      limited: 6,
      more: 1,
    };
    expect(faultsIn(document)).toEqual([
      ['field.length', '$.name'],
      ['field.format', '$["e-mail"]'],
      ['field.value', '$.kind'],
      ['field.type', '$.items[1].id'],
      ['amount.range', '$.limited'],
      ['field.unknown', '$.more'],
    ]);
  });

  it.each(['buyer@example.com', '+79031237788', 'id_7709364346', 'Иванов', 'a b', 'a'.repeat(65), ''])(
    'does not repeat the key %s, which is no name of a field',
    (key) => {
      const document = { name: 'x', kind: 'a', items: [], limited: 1, more: 1, [key]: 1, [`${key}!`]: 1 };
      expect(faultsIn(document)).toEqual([
        ['field.unknown', '$.more'],
        ['field.unknown', '$'],
      ]);
    },
  );

  it('names the kinds of document that there are', () => {
    for (const kind of ['ru_1_1', null, '', 7]) {
      const { error } = receiptSchema.safeParse({ ...russianReceipt, receipt_format: kind });
      expect(error && faultsOfZod(error)).toMatchObject([
        {
          code: 'field.value',
          path: '$.receipt_format',
          message: expect.stringContaining('one of ru_1_05, ru_1_2, uz_1_0'),
        },
      ]);
    }
    const union = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('registered') }),
      z.object({ kind: z.literal('rejected') }),
    ]);
    const { error } = union.safeParse({ kind: 'lost' });
    expect(error && faultsOfZod(error)).toMatchObject([
      {
        code: 'field.value',
        path: '$.kind',
        message: expect.stringContaining('one of registered, rejected'),
      },
    ]);
  });

  it('names every unknown field of an object', () => {
    const document = { name: 'x', kind: 'a', items: [], limited: 1, one: 1, ['__proto__']: 2 };
    expect(faultsIn(document)).toEqual([
      ['field.unknown', '$.one'],
      ['field.unknown', '$.__proto__'],
    ]);
  });
});

describe('errorsByPath', () => {
  it('groups messages by path', () => {
    const faults = [
      faultOf('field.type', '$.a'),
      faultOf('field.missing', '$.b'),
      faultOf('field.length', '$.a', 'x'),
    ];
    expect(errorsByPath(faults)).toEqual({
      '$.a': [faults[0]?.message, faults[2]?.message],
      '$.b': [faults[1]?.message],
    });
  });

  it('is not led astray by the names of parameters', () => {
    const grouped = errorsByPath([faultOf('field.unknown', '__proto__')]);
    expect(Object.keys(grouped)).toEqual(['__proto__']);
  });
});

const company = (inn: string) => changed(russianReceipt, 'company', { inn });

describe('structuralFaults', () => {
  it.each([
    ['a number with three decimals', changed(russianReceipt, 'positions.0.price', 1.005)],
    ['a text over the limit', changed(russianReceipt, 'positions.0.price', '42949672.96')],
    ['a tax id with a wrong check digit', company('5544332218')],
    ['an emoji for two of the characters', changed(russianReceipt, 'positions.0.name', '😀'.repeat(128))],
    ['a domain with a sign', changed(russianReceipt, 'customer.email', 'buyer@exam€ple.com')],
    [
      'a share above one',
      changed(markedReceipt, 'positions.0.mark_quantity', { numerator: 3, denominator: 2 }),
    ],
    ['a total that does not add up', changed(russianReceipt, 'total', 1)],
    ['two mark codes', changed(markedReceipt, 'positions.0.mark_code_type', { short: 'a', unknown: 'b' })],
    ['null for what may be left out', changed(russianReceipt, 'positions.0.agent_type', null)],
    ['an empty text for what may be left out', changed(russianReceipt, 'customer.phone', '')],
  ])('leaves %s to the rules', (_name, document) => {
    expect(structuralFaults(receiptSchema, document)).toEqual([]);
  });

  it.each([
    ['a number over the limit', changed(russianReceipt, 'positions.0.price', 42_949_672.96), 'amount.range'],
    [
      'a number below the limit',
      changed(russianReceipt, 'positions.0.quantity', 0.0005),
      'quantity.precision',
    ],
    ['a text with three decimals', changed(russianReceipt, 'positions.0.price', '1.005'), 'amount.precision'],
    ['a tax id of nine digits', company('554433221'), 'receipt.company.inn'],
    ['null for what is required', changed(russianReceipt, 'positions.0.price', null), 'field.type'],
    ['null for what nobody knows', changed(russianReceipt, 'discount', null), 'field.unknown'],
    [
      'a text that is too long',
      changed(russianReceipt, 'positions.0.name', '😀'.repeat(129)),
      'receipt.position.name.length',
    ],
  ])('finds %s', (_name, document, code) => {
    expect(structuralFaults(receiptSchema, document).map((fault) => fault.code)).toEqual([code]);
  });

  it('never finds what is only doubtful', () => {
    expect(doubtfulReceipts.flatMap(({ input }) => structuralFaults(receiptSchema, input))).toEqual([]);
  });

  it('tells a limit of a query from its form', () => {
    const structural = faultyQueries.filter(
      ({ input }) => structuralFaults(receiptListQuerySchema, input).length > 0,
    );
    expect(structural.map(({ input }) => input)).toContainEqual({ limit: 'all' });
    expect(structural.map(({ input }) => input)).not.toContainEqual({ limit: '0' });
  });
});

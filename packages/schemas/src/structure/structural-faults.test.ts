import { describe, expect, it } from 'vitest';
import { changed } from '../examples/changed.js';
import { faultyQueries } from '../examples/faulty-queries.js';
import { doubtfulReceipts } from '../examples/faulty-receipts.js';
import { markedReceipt, russianReceipt } from '../examples/receipts.js';
import { receiptListQuerySchema } from '../query/receipt-list-query.js';
import { receiptSchema } from '../receipt/receipt-schema.js';
import { structuralFaults } from './structural-faults.js';

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

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { printedList, printedPending, printedReceipt } from '../receipt/printed-answers.fixture.js';
import { providerReceiptSchema } from './provider-receipt-schema.js';
import { readProviderReceipt } from './read-provider-receipt.js';

const printed = [printedReceipt.data, printedPending.data, ...printedList.data];
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

/** A printed receipt of which some fields, and some of a position, are odd. */
const receipts = fc
  .record({ receipt: fc.constantFrom(...printed), changes: someOf(fields), position: someOf(positionFields) })
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

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { russianReceipt } from '../examples/receipts.js';
import {
  fullReceiptSchema,
  markedReceiptSchema,
  russianReceiptSchema,
  uzbekReceiptSchema,
} from '../receipt/receipt-schema.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { drawnReceipt } from './drawn-receipts.fixture.js';
import { receiptReader } from './normalise-receipt.js';

const schemas = { ru_1_05: russianReceiptSchema, ru_1_2: markedReceiptSchema, uz_1_0: uzbekReceiptSchema };
const formats = Object.keys(schemas) as (keyof typeof schemas)[];

function busyReader(format: keyof typeof schemas) {
  const reader = receiptReader(schemas[format]);
  for (let documents = 0; documents < 100; documents += 1) reader.read(russianReceipt);
  return reader;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('receiptReader', () => {
  it.each(formats)('can compile the schema of %s', (format) => {
    expect(() => z.compile(schemas[format], { strict: true })).not.toThrow();
  });

  it('reads as the plain schema does: the same document, in the same order, or the same faults', () => {
    const readers = new Map<unknown, ReturnType<typeof receiptReader>>(
      formats.map((format) => [format, busyReader(format)]),
    );
    let accepted = 0;
    const numRuns = 2_000;
    fc.assert(
      fc.property(drawnReceipt, (document) => {
        const plain = fullReceiptSchema.safeParse(document);
        const read = readers.get(Object(document).receipt_format)?.read(document) ?? plain;
        expect(JSON.stringify(read.data)).toBe(JSON.stringify(plain.data));
        expect(read.data).toStrictEqual(plain.data);
        expect(read.error && faultsOfZod(read.error)).toEqual(plain.error && faultsOfZod(plain.error));
        if (plain.success) accepted += 1;
      }),
      { numRuns },
    );
    expect(accepted / numRuns).toBeGreaterThan(0.25);
    expect(accepted / numRuns).toBeLessThan(0.75);
  });

  it('reads on where code must not be generated', () => {
    const refuse = vi.fn(function refuse() {
      throw new EvalError();
    });
    vi.stubGlobal('Function', refuse);
    expect(busyReader('ru_1_05').read(russianReceipt)).toMatchObject({ success: true });
    expect(refuse).toHaveBeenCalled();
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registeredReceiptObject } from '../examples/receipt-answers.js';
import { receiptObjectSchema } from '../receipt/receipt-object-schema.js';
import { answerSchema } from './answer-schema.js';

const read = z.strictObject({
  id: z
    .codec(z.union([z.string(), z.number()]), z.string(), { decode: String, encode: (id) => id })
    .describe('Id'),
  kind: z.enum(['a', 'b']).default('a'),
  sum: z.number().optional().describe('Sum'),
  note: z.string().optional(),
});
const answer = answerSchema(read);

describe('answerSchema', () => {
  it('takes the normal form with all that was filled in, and more fields', () => {
    expect(answer.safeParse({ id: '1', kind: 'a', sum: 1, more: true }).success).toBe(true);
  });

  it.each([
    ['an id in another form', { id: 1, kind: 'a', sum: 1 }],
    ['no default', { id: '1', sum: 1 }],
    ['no sum', { id: '1', kind: 'a' }],
  ])('refuses %s', (_name, document) => {
    expect(answer.safeParse(document).success).toBe(false);
  });

  it('is the same each time, and keeps descriptions', () => {
    expect(answerSchema(read)).toBe(answer);
    const { properties } = z.toJSONSchema(answer);
    expect(properties).toMatchObject({ id: { description: 'Id' }, sum: { description: 'Sum' } });
  });
});

describe('receiptObjectSchema', () => {
  it('takes what receiptObject returns', () => {
    expect(receiptObjectSchema.safeParse(registeredReceiptObject)).toMatchObject({ success: true });
  });

  it('wants the sum of every position', () => {
    const positions = registeredReceiptObject.positions.map(({ sum: _, ...position }) => position);
    expect(receiptObjectSchema.safeParse({ ...registeredReceiptObject, positions }).success).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { confirmationSchemas } from '../confirmations/confirmation.js';
import { russianReceipt } from '../examples/receipts.js';
import { receiptListQuerySchema } from '../query/receipt-list-query.js';
import { type ReceiptInput, receiptSchema } from './receipt-schema.js';

const published = { receiptSchema, receiptListQuerySchema, ...confirmationSchemas };

describe('schemas of what callers send', () => {
  it.each(Object.entries(published))(
    '%s can be written as JSON Schema, both as sent and as read',
    (_name, schema) => {
      expect(z.toJSONSchema(schema, { io: 'input' })).toBeTypeOf('object');
      expect(z.toJSONSchema(schema, { io: 'output' })).toBeTypeOf('object');
    },
  );

  it('describe every field', () => {
    const nameless: string[] = [];
    visit(z.toJSONSchema(receiptSchema, { io: 'input' }), '$');
    expect(nameless).toEqual([]);

    function visit(node: unknown, path: string): void {
      if (typeof node !== 'object' || node === null) return;
      for (const [name, member] of Object.entries('properties' in node ? Object(node.properties) : {})) {
        if (Object(member).description === undefined) nameless.push(`${path}.${name}`);
      }
      for (const [name, member] of Object.entries(node)) visit(member, `${path}.${name}`);
    }
  });

  it('can be written by hand in TypeScript', () => {
    const receipt = { ...russianReceipt, merchant_id: 542088, payment_id: '1' };
    const input: ReceiptInput = receiptSchema.parse(receipt);
    expect(receiptSchema.encode(receiptSchema.parse(input))).toEqual(input);
  });
});

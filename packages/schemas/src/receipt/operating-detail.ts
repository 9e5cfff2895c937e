import { z } from 'zod';
import { documentedTextField } from '../fields/text-fields.js';
import { coded, structural } from '../schema/issue-codes.js';

const byte = coded('receipt.operating.operation-id');

/** Operating detail of a receipt, tag 1270, under YooKassa's names. */
export const operatingDetailSchema = z.strictObject(
  {
    operation_id: z
      .number(structural)
      .int(byte)
      .min(0, byte)
      .max(255, byte)
      .describe('Id of the operation, FFD tag 1271; whole number, 0–255'),
    value: documentedTextField(64).describe('Data of the operation, FFD tag 1272; text of 1–64 characters'),
    created_at: z.iso
      .datetime({
        offset: true,
        error: ({ input }) => (input === undefined ? 'field.missing' : 'field.date'),
      })
      .describe('Time of the operation, FFD tag 1273; ISO 8601 to the second, with Z or an offset'),
  },
  structural,
);

import { z } from 'zod';
import { faultSchema } from '../rules/fault-schema.js';
import { printedSchema } from '../structure/printed-schema.js';
import { receiptSchema } from './receipt-schema.js';

const warnings = z.array(faultSchema).describe('What is doubtful; stops nothing');

/** What a check of a receipt came to: the receipt in its normal form with sums and total, or all its faults. */
export const validationAnswerSchema = z.union([
  z.object({
    ok: z.literal(true).describe('The receipt would be accepted'),
    receipt: printedSchema(receiptSchema).describe(
      'The receipt in its normal form, sums and total filled in',
    ),
    faults: z.array(faultSchema).max(0).describe('No faults'),
    warnings,
  }),
  z.object({
    ok: z.literal(false).describe('The receipt would be refused'),
    faults: z.array(faultSchema).min(1).max(1000).describe('All faults, at most 1000'),
    warnings,
  }),
]);

import { z } from 'zod';
import {
  clientOfV5,
  contentOfV5,
  date,
  envelopeOfV4,
  envelopeOfV5,
  inn,
  kopecks,
  largest,
  payment,
  taxSystem,
  text,
  vat,
} from './document-schema.js';

const correctionType = z.enum(['self', 'instruction']);
const baseNumber = text(32);

/** Correction of v4: sums without items. The schema wants a number of the base, of own corrections too. */
export const correctionOfV4 = z.object({
  ...envelopeOfV4,
  correction: z
    .object({
      company: z.object({ sno: taxSystem.optional(), inn, payment_address: text(256) }),
      client: z
        .object({
          email: text(64).optional(),
          phone: z
            .string()
            .max(19)
            .regex(/^\+\d+$/)
            .optional(),
        })
        .optional(),
      correction_info: z.object({ type: correctionType, base_date: date, base_number: baseNumber }),
      payments: z
        .array(z.object({ ...payment, sum: kopecks(largest.v4) }))
        .min(1)
        .max(10),
      vats: z
        .array(z.object({ ...vat, sum: kopecks(largest.v4) }))
        .min(1)
        .max(6),
      internet: z.boolean().optional(),
    })
    .refine(({ internet, client }) => internet !== true || client !== undefined, 'client'),
});

/** Correction of v5: all of a receipt, and its ground; a number of the base for an order alone. */
export const correctionOfV5 = z.strictObject({
  ...envelopeOfV5,
  correction: z.strictObject({
    ...contentOfV5,
    client: clientOfV5.optional(),
    correction_info: z
      .strictObject({ type: correctionType, base_date: date, base_number: baseNumber.optional() })
      .refine(
        ({ type, base_number }) => (type === 'instruction') === (base_number !== undefined),
        'base_number',
      ),
  }),
});

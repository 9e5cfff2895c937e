import { z } from 'zod';

/** How the receipts API wraps an answer. */
export function dataEnvelopeSchema(data: z.ZodType) {
  return z.object({ data: data.describe('The answer') });
}

import { z } from 'zod';

const errorSchema = z.object({
  code: z
    .int()
    .describe(
      "Code of the failure: the provider's own, 7 for faults of the document, 9000 + HTTP status for the rest",
    ),
  message: z.string().describe('What went wrong, in English'),
  data: z
    .unknown()
    .describe('Further details: code, faults, retryable, request_id; null when there are none'),
});

/** An answer to a confirmation, success or failure, always with HTTP 200. */
export function fiscalBoxAnswerSchema(data: z.ZodType) {
  return z.union([
    z.object({
      data: data.describe('What the wallet answered'),
      error: z.null().describe('No error'),
      is_success: z.literal(true).describe('The payment is confirmed'),
    }),
    z.object({
      data: z.null().describe('No data'),
      error: errorSchema.describe('Why the payment is not confirmed'),
      is_success: z.literal(false).describe('The payment is not confirmed, or not yet'),
    }),
  ]);
}

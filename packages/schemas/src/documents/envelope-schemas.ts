import { z } from 'zod';
import { receiptStatuses } from '../enumerations/receipts.js';
import type { ErrorEnvelope } from '../envelopes/receipts-api-envelope.js';
import type { Fault } from '../errors/fault.js';

/** Builds the schema of an answer of the receipts API. */
export function dataEnvelopeSchema(data: z.ZodType) {
  return z.object({ data: data.describe('The answer') });
}

/** Fault as the bodies of errors carry it. */
export const errorFaultSchema = z.object({
  code: z.string().min(1).describe('Permanent dotted code; see rules.json'),
  path: z
    .string()
    .min(1)
    .describe('JSON path of the place ($ for the document), or name of a query parameter'),
  message: z.string().describe('What is wrong, in English; may change, the code may not'),
});

/** Fault or warning as the answer of a check carries it. */
export const faultSchema = errorFaultSchema.extend({
  severity: z.enum(['fault', 'warning']).describe('A warning does not stop the document'),
}) satisfies z.ZodType<Fault>;

/** Body of every error of the receipts API. */
export const errorEnvelopeSchema = z.object({
  error: z
    .object({
      message: z.string().describe('What is wrong, in English; may change, the code may not'),
      code: z.string().min(1).describe('Permanent dotted code, for example receipt.invalid'),
      errors: z
        .record(z.string(), z.array(z.string()))
        .describe("Messages by path, as the provider's own error bodies group them"),
      faults: z.array(errorFaultSchema).describe('All faults of the document, at most 1000'),
      retryable: z.boolean().describe('Whether the same request may succeed later, unchanged'),
      request_id: z.string().min(1).describe('Id of the request, also in X-Request-Id'),
      existing: z
        .object({
          receipt_id: z.uuid().describe('Id of the receipt'),
          status: z.enum(receiptStatuses).describe('How far it has come'),
        })
        .optional()
        .describe('The receipt that stands in the way, for receipt.twin'),
      seen: z
        .object({
          method: z.string().describe('Method'),
          path: z.string().describe('Path without its query, at most 200 characters of it'),
        })
        .optional()
        .describe('The request as it arrived, for signature.method and signature.path'),
    })
    .describe('What went wrong'),
}) satisfies z.ZodType<ErrorEnvelope>;

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

/** Builds the schema of an answer to a confirmation, success or failure, always with HTTP 200. */
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

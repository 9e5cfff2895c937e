import { z } from 'zod';
import { receiptStatuses } from '../enumerations/receipts.js';
import { printedFaultSchema } from '../rules/fault-schema.js';
import type { ErrorEnvelope } from './error-envelope.js';

/** The body of every error of the receipts API. */
export const errorEnvelopeSchema = z.object({
  error: z
    .object({
      message: z.string().describe('What is wrong, in English; may change, the code may not'),
      code: z.string().min(1).describe('Permanent dotted code, for example receipt.invalid'),
      errors: z
        .record(z.string(), z.array(z.string()))
        .describe("Messages by path, as the provider's own error bodies group them"),
      faults: z.array(printedFaultSchema).describe('All faults of the document, at most 1000'),
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

import { z } from 'zod';
import type { Fault } from './fault.js';

/** What every fault says, as the bodies of errors print it. */
export const printedFaultSchema = z.object({
  code: z.string().min(1).describe('Permanent dotted code; see rules.json'),
  path: z
    .string()
    .min(1)
    .describe('JSON path of the place ($ for the document), or name of a query parameter'),
  message: z.string().describe('What is wrong, in English; may change, the code may not'),
});

/** A fault or warning, as the answer of a check prints it. */
export const faultSchema = printedFaultSchema.extend({
  severity: z.enum(['fault', 'warning']).describe('A warning does not stop the document'),
}) satisfies z.ZodType<Fault>;

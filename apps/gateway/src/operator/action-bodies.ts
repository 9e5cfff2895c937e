import { FiscalError, faultsOfZod, readingAbsent } from '@fiscalkit/schemas';
import { z } from 'zod';

const reason = z.string({ error: ({ input }) => (input === undefined ? 'field.missing' : 'field.type') });

/** Body of `retry` and `park`. */
export const reasonBody = z.strictObject({ reason });

/** Body of `resolve`. */
export const resolveBody = readingAbsent(
  z.strictObject({
    reason,
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('registered'),
        provider_document_id: z.string().min(1).max(255).optional(),
        link: z.string().optional(),
      }),
      z.strictObject({ kind: z.literal('rejected') }),
    ]),
  }),
);

/** Body of `settle`: decision on all entries of an account that is not configured any more. */
export const accountBody = readingAbsent(
  z.strictObject({
    reason,
    account: z.string().min(1).max(2_048),
    merchant: z.string().min(1).optional(),
    action: z.enum(['moved', 'reject']),
  }),
);

/** Body of `resubmit`: the corrected document, or none to resubmit it unchanged. */
export const resubmitBody = readingAbsent(
  z.strictObject({
    reason,
    document: z.unknown().optional(),
    twin: z.literal('meant').optional(),
  }),
);

/** Body of `move`: the merchant's account that the document goes to. */
export const moveBody = z.strictObject({ reason, account: z.string().min(1).max(2_048) });

/** Checks the body of an operator's action. Throws `intervention.invalid` with every fault. */
export function readActionBody<Body extends z.ZodType>(schema: Body, value: unknown): z.output<Body> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new FiscalError({
    code: 'intervention.invalid',
    message: 'What is to be done has faults; nothing was done.',
    retryable: false,
    faults: faultsOfZod(error),
  });
}

import { FiscalError, faultsOfZod, readingAbsent } from '@fiscalkit/schemas';
import { z } from 'zod';

const reason = z.string();

/** What a person says with `retry` and `park`. */
export const reasonBody = z.strictObject({ reason });

/** What a person found out. */
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

/** What becomes of all that waits for an account that is not configured any more. */
export const accountBody = readingAbsent(
  z.strictObject({
    reason,
    account: z.string().min(1).max(2_048),
    merchant: z.string().min(1).optional(),
    action: z.enum(['moved', 'reject']),
  }),
);

/** A rejected document again: corrected, or as it was when there is none. */
export const resubmitBody = readingAbsent(
  z.strictObject({
    reason,
    document: z.unknown().optional(),
    twin: z.literal('meant').optional(),
  }),
);

/** Checks the body of an act. Throws `intervention.invalid` with every fault. */
export function readActBody<Body extends z.ZodType>(schema: Body, value: unknown): z.output<Body> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new FiscalError({
    code: 'intervention.invalid',
    message: 'What is to be done has faults; nothing was done.',
    retryable: false,
    faults: faultsOfZod(error),
  });
}

import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import type { z } from 'zod';

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

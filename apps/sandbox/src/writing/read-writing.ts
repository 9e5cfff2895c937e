import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import { type WritingWay, writingChoices, writingSchema } from './writing-way.js';

/** Checks a list of ways of writing. Throws `sandbox.writing.invalid` naming every fault. */
export function readWriting(input: unknown): WritingWay[] {
  const reading = writingSchema.safeParse(input);
  if (reading.success) return reading.data;
  throw new FiscalError({
    code: 'sandbox.writing.invalid',
    message: `the ways of writing have faults: ${writingChoices}`,
    retryable: false,
    faults: faultsOfZod(reading.error),
  });
}

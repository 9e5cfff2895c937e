import { type Fault, FiscalError } from '@fiscalkit/schemas';

/** The error for an act that is not told in full, or in the wrong words. */
export function interventionInvalid(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'intervention.invalid',
    message: 'What is to be done has faults; nothing was done.',
    retryable: false,
    faults,
  });
}

import { FiscalError, type FiscalErrorFields, isFiscalError } from '@fiscalkit/schemas/errors';

/** An error as it goes from thread to thread, where objects lose their class. */
export type Failure = { readonly fiscal: FiscalErrorFields } | { readonly other: unknown };

export function failureOf(error: unknown): Failure {
  if (!isFiscalError(error)) return { other: error };
  const { code, message, retryable, faults, cause } = error;
  return { fiscal: { code, message, retryable, faults, cause } };
}

export function errorOf(failure: Failure): unknown {
  return 'fiscal' in failure ? new FiscalError(failure.fiscal) : failure.other;
}

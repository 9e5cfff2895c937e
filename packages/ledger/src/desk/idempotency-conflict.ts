import { FiscalError } from '@fiscalkit/schemas';

/** The error for an idempotency key that belongs to other content. */
export function idempotencyConflict(): FiscalError {
  return new FiscalError({
    code: 'idempotency.conflict',
    message: 'This idempotency key was used for a document with other content.',
    retryable: false,
  });
}

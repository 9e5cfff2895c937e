import { FiscalError } from '@fiscalkit/schemas';
import { idempotencyConflict } from './idempotency-conflict.js';

/** The error for a confirmation whose key, link or payment is another's. */
export function confirmationConflict(over: string): FiscalError {
  if (over === 'idempotency-key') return idempotencyConflict();
  return over.startsWith('link:')
    ? new FiscalError({
        code: 'confirmation.link.conflict',
        message: 'This receipt link is already attached to another payment.',
        retryable: false,
      })
    : new FiscalError({
        code: 'confirmation.payment.conflict',
        message: 'Another receipt link is already attached to this payment.',
        retryable: false,
      });
}

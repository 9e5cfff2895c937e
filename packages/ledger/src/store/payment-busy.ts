import { FiscalError } from '@fiscalkit/schemas/errors';

/** The error for an entry whose payment, or key, another open transaction has held for as long as was to be waited. */
export function paymentBusy(): FiscalError {
  return new FiscalError({
    code: 'payment.busy',
    message: 'Another transaction that is still open holds this payment; nothing was stored.',
    retryable: true,
  });
}

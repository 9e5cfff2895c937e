import { FiscalError } from '@fiscalkit/schemas';

/** The error for a place where a ledger was expected and there is none. */
export function ledgerMissing(): FiscalError {
  return new FiscalError({
    code: 'ledger.missing',
    message: 'There is no ledger in this place.',
    retryable: false,
  });
}

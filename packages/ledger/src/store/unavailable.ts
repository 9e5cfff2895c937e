import { FiscalError, isFiscalError } from '@fiscalkit/schemas/errors';

const code = 'ledger.unavailable';

/** The error for a store that can't read or write at the moment: a full disk, a failing device, a locked or closed file, a lost connection. */
export function ledgerUnavailable(cause: unknown): FiscalError {
  return new FiscalError({
    code,
    message: 'The ledger cannot be read or written at the moment.',
    retryable: true,
    cause,
  });
}

/** Whether the whole store is in trouble, not one write. */
export function isUnavailable(error: unknown): boolean {
  return isFiscalError(error) && error.code === code;
}

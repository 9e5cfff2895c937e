import { FiscalError } from '@fiscalkit/schemas';

/** The error for a ledger that an older release has written, and that nothing has brought up to date yet. */
export function ledgerOutdated(): FiscalError {
  return new FiscalError({
    code: 'ledger.version',
    message: 'An older release has written this ledger: start this release on it once, then audit it.',
    retryable: false,
  });
}

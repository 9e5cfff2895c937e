import { FiscalError } from '@fiscalkit/schemas/errors';

/** The error for a ledger that a newer release has written. */
export function versionTooNew(version: number, newest: number): FiscalError {
  return new FiscalError({
    code: 'ledger.version',
    message: `This ledger has version ${version}; this release reads versions up to ${newest}.`,
    retryable: false,
  });
}

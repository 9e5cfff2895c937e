import { FiscalError, isFiscalError } from '@fiscalkit/schemas/errors';

const code = 'ledger.unavailable';

/**
 * The error for a store that can't read or write at the moment: a full disk, a failing device, a locked or
 * closed file, a lost connection.
 */
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

/** The error for a ledger that a newer release has written. */
export function versionTooNew(version: number, newest: number): FiscalError {
  return new FiscalError({
    code: 'ledger.version',
    message: `This ledger has version ${version}; this release reads versions up to ${newest}.`,
    retryable: false,
  });
}

/** The error for a ledger of before the first published version, whose tables no release reads. */
export function ledgerUnpublished(): FiscalError {
  return new FiscalError({
    code: 'ledger.unpublished',
    message:
      'This ledger was made before the first release, which cannot read it: move it aside, and start with a new one.',
    retryable: false,
  });
}

/** Returns the error for an entry whose payment or key another open transaction held for too long. */
export function paymentBusy(): FiscalError {
  return new FiscalError({
    code: 'payment.busy',
    message: 'Another transaction that is still open holds this payment; nothing was stored.',
    retryable: true,
  });
}

/** The error for a list of which a part took too long to be read. */
export function listTimeout(mostMs: number, cause?: unknown): FiscalError {
  return new FiscalError({
    code: 'lists.timeout',
    message: `A part of the list took more than ${mostMs} ms; ask for fewer days.`,
    retryable: true,
    cause,
  });
}

/** Returns the error for a text that the ledger would bring back as another one, or not at all. */
export function textNotStorable(cause?: unknown): FiscalError {
  return new FiscalError({
    code: 'ledger.text',
    message: 'A text has a character that the ledger cannot store.',
    retryable: false,
    cause,
  });
}

/** Returns the error for a path at which there is a database of something else. */
export function ledgerForeign(): FiscalError {
  return new FiscalError({
    code: 'ledger.foreign',
    message: 'This file is a database of something else: name another file for the ledger.',
    retryable: false,
  });
}

import { resolve } from 'node:path';
import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas/errors';
import { isUnavailable } from '../unavailable.js';
import { isOpenHere } from './open-ledgers.js';

/** The error of a ledger that could not be opened, with the path in its words, and who has it where somebody has. */
export function openingError(path: string, error: unknown): unknown {
  if (!isFiscalError(error)) return error;
  const place = resolve(path);
  if (isUnavailable(error)) {
    // What is wrong with the path itself is told already, and not by trying again.
    if (!error.retryable) return error;
    const why = types.isNativeError(error.cause) ? `: ${error.cause.message}` : '';
    return told(error, `The ledger ${place} cannot be opened${why}.`);
  }
  if (error.code !== 'ledger.in-use') return error;
  return told(
    error,
    isOpenHere(path)
      ? `This process already has the ledger ${place} open; give each FiscalModule and each store a file of its own.`
      : `Another process is using the ledger ${place}.`,
  );
}

function told({ code, retryable, cause }: FiscalError, message: string): FiscalError {
  return new FiscalError({ code, message, retryable, cause });
}

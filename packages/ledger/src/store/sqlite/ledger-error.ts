import { types } from 'node:util';
import { isFiscalError } from '@fiscalkit/schemas/errors';
import { ledgerUnavailable } from '../unavailable.js';

const constraintViolated = 19;

/** Turns trouble of the database into `ledger.unavailable`; a violated constraint and our own errors stay as they are. */
export function asLedgerError(error: unknown): unknown {
  if (isFiscalError(error) || !types.isNativeError(error)) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    const primaryCode = error.errcode & 0xff;
    return primaryCode === constraintViolated ? error : ledgerUnavailable(error);
  }
  return 'code' in error && error.code === 'ERR_INVALID_STATE' ? ledgerUnavailable(error) : error;
}

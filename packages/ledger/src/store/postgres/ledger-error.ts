import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { ledgerUnavailable } from '../unavailable.js';
import { sqlStateOf } from './sql-states.js';

/** Classes of SQLSTATE that speak of the values of one call, not of the server: data exception, violated constraint. */
const faultOfTheValues = /^(22|23)/;

/** SQLSTATEs for the character U+0000, which PostgreSQL's texts can't hold. */
const untranslatable = new Set(['22021', '22P05']);

/** What the server tells beside its message quotes the values at hand, a buyer's among them. */
const quotingFields = ['detail', 'where', 'internalQuery'];

/**
 * Turns trouble of the server or the connection into `ledger.unavailable`, and a text that PostgreSQL can't hold into
 * `ledger.text`; a violated constraint and our own errors stay as they are, but for what quotes the document.
 */
export function asLedgerError(error: unknown): unknown {
  if (isFiscalError(error) || !types.isNativeError(error) || error.name === 'TypeError') return error;
  for (const field of quotingFields) Reflect.deleteProperty(error, field);
  const state = sqlStateOf(error);
  if (state !== null && untranslatable.has(state)) return textNotStorable(error);
  return state !== null && faultOfTheValues.test(state) ? error : ledgerUnavailable(error);
}

function textNotStorable(cause: unknown): FiscalError {
  return new FiscalError({
    code: 'ledger.text',
    message: 'A text has a character that the ledger cannot store.',
    retryable: false,
    cause,
  });
}

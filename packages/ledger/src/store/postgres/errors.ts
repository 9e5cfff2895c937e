import { types } from 'node:util';
import { isFiscalError } from '@fiscalkit/schemas';
import { ledgerUnavailable, textNotStorable } from '../errors.js';

/** Classes of SQLSTATE about the values of one call, not the server: data exception, violated constraint. */
const faultOfTheValues = /^(22|23)/;

/** SQLSTATEs for the character U+0000, which PostgreSQL's texts can't hold. */
const untranslatable = new Set(['22021', '22P05']);

/** What the server tells beside its message quotes the values at hand, a buyer's among them. */
const quotingFields = ['detail', 'where', 'internalQuery'];

/**
 * Turns trouble of the server or the connection into `ledger.unavailable`, and a text that PostgreSQL can't
 * hold into `ledger.text`; a violated constraint and our own errors stay as they are, but for what quotes the
 * document.
 */
export function asLedgerError(error: unknown): unknown {
  if (isFiscalError(error) || !types.isNativeError(error) || error.name === 'TypeError') return error;
  for (const field of quotingFields) Reflect.deleteProperty(error, field);
  const state = sqlStateOf(error);
  if (state !== null && untranslatable.has(state)) return textNotStorable(error);
  return state !== null && faultOfTheValues.test(state) ? error : ledgerUnavailable(error);
}

/**
 * SQLSTATEs that functions of the ledger raise, so that the store sets right what is wrong and calls again.
 */
export const sqlStates = {
  /** The store's own transaction has begun with another isolation level than read committed. */
  isolation: 'FK001',
  /** Error of a server on another timeline than the ledger's, or with less than this process has seen. */
  timeline: 'FK002',
} as const;

/** The server's code of an error; `null` for an error that is not the server's. */
export function sqlStateOf(error: unknown): string | null {
  if (!types.isNativeError(error) || !('severity' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { asLedgerError } from '../../store/sqlite/query.js';
import { damagedCode } from '../source.js';

/** SQLITE_CORRUPT, and SQLITE_NOTADB. */
const damaged = new Set([11, 26]);

/** Maps SQLite's errors about a broken file to `ledger.damaged`, and all others as the store does. */
export function asDamageError(error: unknown): unknown {
  if (!types.isNativeError(error) || isFiscalError(error)) return error;
  const isDamaged =
    'errcode' in error && typeof error.errcode === 'number' && damaged.has(error.errcode & 0xff);
  if (!isDamaged) return asLedgerError(error);
  return new FiscalError({
    code: damagedCode,
    message: 'The file of the ledger is damaged, or no ledger at all.',
    retryable: false,
    cause: error,
  });
}

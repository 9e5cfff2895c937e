import { FiscalError, isFiscalError } from '@fiscalkit/schemas';
import { damagedCode } from '../audit/source.js';
import { asDamageError } from '../audit/sqlite/damage-error.js';

/** The error for a name that another file has already. */
export function backupExists(cause?: unknown): FiscalError {
  return new FiscalError({
    code: 'backup.exists',
    message: 'There is a file of that name already; a copy overwrites nothing.',
    retryable: false,
    cause,
  });
}

/** Turns what went wrong with files into `backup.failed`, but damage of the ledger into `ledger.damaged`. */
export function asBackupError(error: unknown): unknown {
  const known = asDamageError(error);
  if (isFiscalError(known) && (known === error || known.code === damagedCode)) return known;
  if (Object(error).code === 'EEXIST') return backupExists(error);
  return new FiscalError({
    code: 'backup.failed',
    message: 'The copy could not be written.',
    retryable: true,
    cause: error,
  });
}

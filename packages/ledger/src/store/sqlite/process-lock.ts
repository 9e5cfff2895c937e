import { DatabaseSync } from 'node:sqlite';
import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas/errors';
import { ledgerUnavailable } from '../unavailable.js';
import { makeFile, makeFolderOf } from './ledger-files.js';
import { trueName } from './open-ledgers.js';

/** Holds the right to write a ledger. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes the right to write the ledger at this path for this process, or throws a `FiscalError` with code `ledger.in-use`. The
 * lock is an open transaction on a small file beside the ledger: the operating system ends it with the process, also when the
 * process is killed. Makes the folder of the ledger when it is missing; throws `ledger.unavailable` where it can't be made.
 */
export function lockForProcess(path: string): ProcessLock {
  const lock = openLockFile(path);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw ledgerUnavailable(cause);
    throw new FiscalError({
      code: 'ledger.in-use',
      message: 'Another process is using this ledger.',
      retryable: true,
      cause,
    });
  }
  return { release: () => lock.close() };
}

const databaseBusy = 5;

/** Whether somebody else holds the lock; a full disk is another matter. */
function isBusy(error: unknown): boolean {
  return types.isNativeError(error) && 'errcode' in error && error.errcode === databaseBusy;
}

function openLockFile(path: string): DatabaseSync {
  try {
    makeFolderOf(path);
    const lockFile = `${trueName(path)}-lock`;
    makeFile(lockFile);
    return new DatabaseSync(lockFile, { timeout: 0 });
  } catch (cause) {
    throw isFiscalError(cause) ? cause : ledgerUnavailable(cause);
  }
}

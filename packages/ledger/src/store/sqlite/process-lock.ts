import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { types } from 'node:util';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas/errors';
import { isUnavailable, ledgerUnavailable } from '../errors.js';
import { makeFile, makeFolderOf } from './ledger-files.js';

/** Holds the right to write a ledger. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes the right to write the ledger at this path for this process, or throws a `FiscalError` with code
 * `ledger.in-use`. The lock is an open transaction on a small file beside the ledger: the operating system
 * ends it with the process, also when the process is killed. Makes the folder of the ledger when it is
 * missing; throws `ledger.unavailable` where it can't be made.
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

/** Where every copy of this package in the thread keeps which ledgers are open, so that they agree. */
const registered = Symbol.for('fiscalkit.open-ledgers');

function openLedgers(): Set<string> {
  const known: unknown = Reflect.get(globalThis, registered);
  if (known instanceof Set) return known;
  const fresh = new Set<string>();
  Reflect.set(globalThis, registered, fresh);
  return fresh;
}

/** Where the file really is, so that a link to a ledger is not another ledger; the folder must be there. */
function trueName(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

/** Notes that this thread has the ledger open; answers how to take that back. */
export function noteOpen(path: string): () => void {
  const name = nameOf(path);
  openLedgers().add(name);
  return () => openLedgers().delete(name);
}

/** Whether this thread has the ledger open already. */
function isOpenHere(path: string): boolean {
  return openLedgers().has(nameOf(path));
}

function nameOf(path: string): string {
  return existsSync(dirname(path)) ? trueName(path) : resolve(path);
}

/** Returns the error of a ledger that could not be opened, with its path, and its owner if known. */
export function openingError(path: string, error: unknown): unknown {
  if (!isFiscalError(error)) return error;
  const place = resolve(path);
  if (isUnavailable(error)) {
    // What is wrong with the path itself is told already, and not by trying again.
    if (!error.retryable) return error;
    const why = types.isNativeError(error.cause) ? `: ${error.cause.message}` : '';
    return asOpeningError(error, `The ledger ${place} cannot be opened${why}.`);
  }
  if (error.code !== 'ledger.in-use') return error;
  return asOpeningError(
    error,
    isOpenHere(path)
      ? `This process already has the ledger ${place} open; give each FiscalModule and each store a file of its own.`
      : `Another process is using the ledger ${place}.`,
  );
}

function asOpeningError({ code, retryable, cause }: FiscalError, message: string): FiscalError {
  return new FiscalError({ code, message, retryable, cause });
}

import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import { FiscalError } from '@fiscalkit/schemas/errors';
import type { RestoreWindow } from './intervention-store.js';

/** Why an entry of a restored ledger is unknown before this ledger has sent it. */
export const restoredReason = {
  code: 'ledger.restored',
  message: 'The ledger was restored from an older copy, so the document may have been sent before.',
} as const;

/** Journal details of an entry that is searched before it is sent. */
export const restoreGuardDetails = canonicalJson({ reason: restoredReason.code });

/**
 * Increase of fences when a ledger is declared restored. A restored ledger counts its claims anew, so without
 * this a worker of the lost one could have the very fence that another is given now. No entry is claimed so
 * often while a ledger is lost.
 */
export const fenceLeap = 1_000_000;

/** Throws a `FiscalError` with code `restore.window` unless the window begins before it ends. */
export function checkRestoreWindow({ since, until }: RestoreWindow): void {
  if (since.getTime() < until.getTime()) return;
  throw new FiscalError({
    code: 'restore.window',
    message: 'A ledger is declared restored from a time on until a later one.',
    retryable: false,
  });
}

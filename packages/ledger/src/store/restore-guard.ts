import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import { FiscalError } from '@fiscalkit/schemas/errors';
import type { DeclaredRestore, RestoreWindow } from './intervention-store.js';

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

/** Table row of all declarations: all columns are `null` when there was none. */
export interface RestoresRow {
  readonly declared_at: number | null;
  readonly since: number | null;
  readonly until: number | null;
}

/** Reads the row of all declarations; `null` when there was none. */
export function declaredRestoreOf(row: RestoresRow | undefined): DeclaredRestore | null {
  const { declared_at: declaredAt, since, until } = row ?? {};
  if (declaredAt == null || since == null || until == null) return null;
  return { declaredAt: new Date(declaredAt), since: new Date(since), until: new Date(until) };
}

/** Throws a `FiscalError` with code `restore.window` unless the window begins before it ends. */
export function checkRestoreWindow({ since, until }: RestoreWindow): void {
  if (since.getTime() < until.getTime()) return;
  throw new FiscalError({
    code: 'restore.window',
    message: 'A ledger is declared restored from a time on until a later one.',
    retryable: false,
  });
}

import { types } from 'node:util';
import { FiscalError } from '@fiscalkit/schemas';
import { asLedgerError } from './ledger-error.js';

/** What a `pg` client says of its transaction: none (`I`), open (`T`), failed (`E`), or nothing yet. */
export type TransactionStatus = 'I' | 'T' | 'E' | null;

/** A `pg` client in an open transaction of the caller's. A pool or an ORM's manager is none: each call may go elsewhere. */
export interface TransactionClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  getTransactionStatus(): TransactionStatus;
}

const savepoint = 'fiscalkit_transaction';

/**
 * Resolves when the client has an open transaction, and otherwise throws a `FiscalError` with code `transaction.missing`, or the
 * server's own error for a transaction that has failed. A `pg` client that waits for nothing knows; of any other, the server is
 * asked, because statements that are still under way may begin or end a transaction.
 */
export async function assertTransaction(client: TransactionClient): Promise<void> {
  if (knowsOfOpenTransaction(client)) return;
  try {
    // Only within a transaction may there be savepoints.
    await client.query(`SAVEPOINT ${savepoint}`, []);
  } catch (error) {
    throw hasNoTransaction(error) ? transactionMissing(error) : callersError(error);
  }
  await client.query(`RELEASE SAVEPOINT ${savepoint}`, []);
}

/** The transaction is the caller's: that it must be repeated (class 40) or can't go on (class 25) is told in the driver's own words. */
export function callersError(error: unknown): unknown {
  return /^(?:25|40)/.test(codeOf(error)) ? error : asLedgerError(error);
}

/** `transaction.missing`: nothing was stored, and a receipt would not have been rolled back. */
function transactionMissing(cause: unknown): FiscalError {
  return new FiscalError({
    code: 'transaction.missing',
    message:
      'The client has no open transaction: call BEGIN on it first, and hand over a client, not a pool.',
    retryable: false,
    cause,
  });
}

function knowsOfOpenTransaction(client: TransactionClient): boolean {
  const isIdle = 'readyForQuery' in client && client.readyForQuery === true;
  return isIdle && 'getTransactionStatus' in client && client.getTransactionStatus() === 'T';
}

/** Drivers and ORMs that wrap the server's error keep it as what caused theirs. */
function hasNoTransaction(error: unknown): boolean {
  const causes = types.isNativeError(error) ? [error, error.cause, Reflect.get(error, 'driverError')] : [];
  return causes.some((cause) => codeOf(cause) === '25P01');
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

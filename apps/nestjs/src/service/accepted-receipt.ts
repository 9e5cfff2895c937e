import { idempotencyConflict } from '@fiscalkit/ledger';
import type { PlainStatement } from '@fiscalkit/ledger/postgres';
import { type Fault, FiscalError } from '@fiscalkit/schemas';

/** What became of a receipt that was accepted within a transaction; it is durable once that commits. */
export interface AcceptedReceipt {
  readonly receiptId: string;
  /** Whether the same receipt had been accepted before: this is the stored one. */
  readonly replayed: boolean;
}

/** The statement that accepts a receipt within the transaction in which it runs. */
export interface AcceptReceiptStatement extends PlainStatement {
  readonly warnings: readonly Fault[];
  /**
   * Reads the rows that the statement answered. Throws a `FiscalError` with code `idempotency.conflict`, for which the
   * transaction is to be rolled back, or `ledger.answer`.
   */
  accepted(rows: unknown): AcceptedReceipt;
}

/** Reads what the accepting statement answered: one row. */
export function readAcceptedRows(rows: unknown): AcceptedReceipt {
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (!isAnswer(row)) {
    throw new FiscalError({
      code: 'ledger.answer',
      message: 'These are not the rows that the statement answers.',
      retryable: false,
    });
  }
  return acceptedReceipt(row.kind, row.id);
}

/** What the outcome of an acceptance means to the caller. Throws a `FiscalError` with code `idempotency.conflict`. */
export function acceptedReceipt(kind: string, receiptId: string): AcceptedReceipt {
  if (kind === 'conflict') throw idempotencyConflict();
  return { receiptId, replayed: kind === 'replayed' };
}

function isAnswer(row: unknown): row is { readonly kind: string; readonly id: string } {
  if (typeof row !== 'object' || row === null || !('kind' in row) || !('id' in row)) return false;
  return typeof row.id === 'string' && ['accepted', 'replayed', 'conflict'].includes(String(row.kind));
}

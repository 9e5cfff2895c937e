import {
  type Entry,
  type EntryState,
  entryStates,
  idempotencyConflict,
  paymentBusy,
  receiptTwin,
} from '@fiscalkit/ledger';
import type { PlainStatement } from '@fiscalkit/ledger/postgres';
import { type Fault, FiscalError } from '@fiscalkit/schemas';

/** Result of accepting a receipt within a transaction; it is durable once that commits. */
export interface AcceptedReceipt {
  readonly receiptId: string;
  /** Whether the same receipt had been accepted before, and this is the stored one. */
  readonly replayed: boolean;
}

/** Statement that accepts a receipt within the transaction in which it runs. */
export interface AcceptReceiptStatement extends PlainStatement {
  readonly warnings: readonly Fault[];
  /**
   * Reads the rows that the statement returned, alone or as drivers wrap them: `{ rows }`, or first in a
   * list. Throws a `FiscalError` with code `idempotency.conflict`, `receipt.twin` or `payment.busy`, for
   * which the transaction is to be rolled back, or `ledger.answer`.
   */
  accepted(answer: unknown): AcceptedReceipt;
}

/** Reads the single row that the accepting statement returned. */
export function readAcceptedRows(answer: unknown): AcceptedReceipt {
  const row = firstRow(answer);
  if (isBusy(row)) throw paymentBusy();
  if (!isAnswer(row)) {
    throw new FiscalError({
      code: 'ledger.answer',
      message: 'These are not the rows that the statement answers.',
      retryable: false,
    });
  }
  return acceptedReceipt(row.kind, { id: row.id, state: stateOf(row.over) });
}

function firstRow(answer: unknown): unknown {
  const rows: unknown = Array.isArray(answer) ? answer : Object(answer).rows;
  if (!Array.isArray(rows)) return undefined;
  return Array.isArray(rows[0]) ? rows[0][0] : rows[0];
}

/** Returns the result. Throws a `FiscalError` with code `idempotency.conflict` or `receipt.twin`. */
export function acceptedReceipt(kind: string, stored: Pick<Entry, 'id' | 'state'>): AcceptedReceipt {
  if (kind === 'conflict') throw idempotencyConflict();
  if (kind === 'twin') throw receiptTwin(stored);
  return { receiptId: stored.id, replayed: kind === 'replayed' };
}

function isBusy(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'busy';
}

/** Returns the state of a twin; that of any other answer does not matter. */
function stateOf(over: unknown): EntryState {
  return entryStates.find((state) => state === over) ?? 'accepted';
}

function isAnswer(
  row: unknown,
): row is { readonly kind: string; readonly id: string; readonly over?: unknown } {
  if (typeof row !== 'object' || row === null || !('kind' in row) || !('id' in row)) return false;
  return (
    typeof row.id === 'string' && ['accepted', 'replayed', 'conflict', 'twin'].includes(String(row.kind))
  );
}

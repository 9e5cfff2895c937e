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
   * Reads the rows that the statement answered, alone or as drivers wrap them: `{ rows }`, or first in a list. Throws a `FiscalError` with code `idempotency.conflict`, `receipt.twin` or
   * `payment.busy`, for which the transaction is to be rolled back, or `ledger.answer`.
   */
  accepted(answer: unknown): AcceptedReceipt;
}

/** Reads what the accepting statement answered: one row. */
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

/** What the outcome of an acceptance means to the caller. Throws a `FiscalError` with `idempotency.conflict` or `receipt.twin`. */
export function acceptedReceipt(kind: string, stored: Pick<Entry, 'id' | 'state'>): AcceptedReceipt {
  if (kind === 'conflict') throw idempotencyConflict();
  if (kind === 'twin') throw receiptTwin(stored);
  return { receiptId: stored.id, replayed: kind === 'replayed' };
}

function isBusy(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'busy';
}

/** The state of a twin; of any other answer it does not matter. */
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

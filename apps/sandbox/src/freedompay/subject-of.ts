import type { Call } from '../http/call.js';
import type { RecordBook } from '../records/record-book.js';

/** The payment that a request body names, before anything is checked. */
export function paymentOfDocument(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('payment_id' in document)) return null;
  const { payment_id: paymentId } = document;
  return typeof paymentId === 'string' || typeof paymentId === 'number' ? String(paymentId) : null;
}

/** The kind of receipt that a request body asks for, before anything is checked. */
export function operationOfDocument(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('operation_type' in document)) return null;
  return typeof document.operation_type === 'string' ? document.operation_type : null;
}

/** The payment of the receipt that a path names. */
export function paymentOfReceipt(call: Call, records: RecordBook): string | null {
  return records.receipts.get(call.id ?? '')?.receipt.payment_id ?? null;
}

/** The payment that a list is filtered by. */
export function paymentOfQuery(call: Call): string | null {
  return new URLSearchParams(call.query).get('payment_id');
}

import { FiscalError, type ReceiptStatus } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import { wireStatus } from '../entry/wire-status.js';

/** The error for a receipt whose twin is there: the same content for the same payment, under another key and not rejected. */
export function receiptTwin({ id, state }: Pick<Entry, 'id' | 'state'>): FiscalError {
  const status: ReceiptStatus = wireStatus(state);
  return new FiscalError({
    code: 'receipt.twin',
    message:
      `The payment has a receipt with the same content under another key: ${id}, ${status}. ` +
      'Repeat a request with the key that it had; say that a second receipt is meant if it is.',
    retryable: false,
    existing: { receiptId: id, status },
  });
}

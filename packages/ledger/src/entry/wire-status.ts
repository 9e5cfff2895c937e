import type { ReceiptStatus } from '@fiscalkit/schemas';
import type { EntryState } from './entry.js';

/** The status that a receipt's owner sees: until it is final, how far delivery has come is no news. */
export function wireStatus(state: EntryState): ReceiptStatus {
  return state === 'registered' || state === 'rejected' ? state : 'pending';
}

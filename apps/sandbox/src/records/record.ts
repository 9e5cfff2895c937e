import type { FiscalMark, Receipt, Wallet } from '@fiscalkit/schemas';
import type { WritingWay } from '../writing/writing-way.js';

/** What becomes of a receipt, settled when it is taken. Times are milliseconds since 1970. */
export type ReceiptFate =
  | {
      readonly kind: 'registers';
      readonly at: number;
      readonly mark: FiscalMark;
      readonly link: string;
      readonly fiscalProviderId: string;
    }
  | { readonly kind: 'is-rejected'; readonly at: number; readonly code: string; readonly message: string }
  | { readonly kind: 'stays-pending' };

/** One receipt that the sandbox took. */
export interface ReceiptRecord {
  readonly kind: 'receipt';
  readonly receiptId: string;
  readonly merchantId: string;
  /** Without the buyer, whom no answer mentions. */
  readonly receipt: Receipt;
  /** How it is shown and listed; absent in data files from before there was a choice. */
  readonly writing?: readonly WritingWay[];
  readonly createdAt: number;
  readonly fate: ReceiptFate;
}

/** How a receipt is doing at a given time. */
export function receiptState(record: ReceiptRecord, now: Date): 'pending' | 'registered' | 'rejected' {
  const { fate } = record;
  if (fate.kind === 'stays-pending' || now.getTime() < fate.at) return 'pending';
  return fate.kind === 'registers' ? 'registered' : 'rejected';
}

/** The receipt link attached to one wallet payment. */
export interface ConfirmationRecord {
  readonly kind: 'confirmation';
  readonly wallet: Wallet;
  readonly paymentId: string;
  /** The link in the spelling that links are compared by. */
  readonly link: string;
  /** When it was first attached, in milliseconds since 1970. */
  readonly at: number;
}

import type { FiscalMark, Receipt, Wallet } from '@fiscalkit/schemas';
import type { EmulatedRecord } from '../emulators/emulators.js';
import type { WritingWay } from '../writing/writing-way.js';

/** Final outcome of a receipt, decided when it is accepted. Times are milliseconds since 1970. */
export type ReceiptOutcome =
  | {
      readonly kind: 'registers';
      readonly at: number;
      readonly mark: FiscalMark;
      readonly link: string;
      readonly fiscalProviderId: string;
    }
  | { readonly kind: 'is-rejected'; readonly at: number; readonly code: string; readonly message: string }
  | { readonly kind: 'stays-pending' };

/** An accepted receipt. */
export interface ReceiptRecord {
  readonly kind: 'receipt';
  readonly receiptId: string;
  readonly merchantId: string;
  /** Receipt without the buyer, whom no answer contains. */
  readonly receipt: Receipt;
  /** Ways in which it is shown and listed; absent in data files of the first versions. */
  readonly writing?: readonly WritingWay[];
  readonly createdAt: number;
  readonly outcome: ReceiptOutcome;
}

/** Returns the state of a receipt at a given time. */
export function receiptState(record: ReceiptRecord, now: Date): 'pending' | 'registered' | 'rejected' {
  const { outcome } = record;
  if (outcome.kind === 'stays-pending' || now.getTime() < outcome.at) return 'pending';
  return outcome.kind === 'registers' ? 'registered' : 'rejected';
}

/** A receipt link attached to a wallet payment. */
export interface ConfirmationRecord {
  readonly kind: 'confirmation';
  readonly wallet: Wallet;
  readonly paymentId: string;
  /** Link in canonical form, by which links are compared. */
  readonly link: string;
  /** Time at which it was first attached, in milliseconds since 1970. */
  readonly at: number;
}

/** A record of anything that the emulated providers registered. */
export type SandboxRecord = ReceiptRecord | ConfirmationRecord | EmulatedRecord;

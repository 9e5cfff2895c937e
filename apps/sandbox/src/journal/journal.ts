import type { FiscalMark, ReceiptPosition, Wallet } from '@fiscalkit/schemas';
import type { EmulatorJournal } from '../emulators/emulators.js';
import type { EndpointName } from '../faults/endpoint-name.js';
import type { WritingWay } from '../writing/writing-way.js';

/** A receipt as it was received, however it is shown. Times are ISO 8601 in UTC; amounts as on the wire. */
export interface JournalledReceipt {
  readonly receipt_id: string;
  readonly merchant_id: string;
  readonly payment_id: string;
  readonly operation_type: string;
  readonly total: number;
  readonly positions: readonly ReceiptPosition[];
  readonly status: 'pending' | 'registered' | 'rejected';
  readonly created_at: string;
  /** `null` unless registered. */
  readonly registered_at: string | null;
  readonly mark: FiscalMark | null;
  readonly link: string | null;
  /** Ways in which it is shown and listed. */
  readonly writing: readonly WritingWay[];
}

/** A link attached to a wallet payment. */
export interface JournalledConfirmation {
  readonly wallet: Wallet;
  readonly payment_id: string;
  readonly qr_code: string;
  readonly at: string;
  /** Number of times that the same link was attached again since the sandbox started. */
  readonly repeats: number;
}

/** Everything registered, oldest first, and the number of calls. Contains no buyer's data. */
export interface Journal extends EmulatorJournal {
  readonly receipts: readonly JournalledReceipt[];
  readonly confirmations: readonly JournalledConfirmation[];
  /** Number of calls by endpoint, including those with a fault. */
  readonly requests: Readonly<Record<EndpointName, number>>;
}

/** Filter of a journal by payment, or by an id of ours at an emulated provider; the call counters remain those of all payments. */
export interface JournalFilter {
  readonly paymentId?: string;
}

import type { Country } from '@fiscalkit/schemas';
import type { StoredReceipt } from '../store/receipt-reads.js';
import type { PaymentRow } from './payment-record.js';
import type { ListedRow } from './payment-table.js';

/** What a comparison goes by. */
export interface ComparisonRules {
  /** `null` where it is not known. */
  readonly country: Country | null;
  readonly from: number;
  readonly before: number;
  /** Bounds within which a receipt's payment must be in the file. */
  readonly receiptsFrom: number;
  readonly receiptsBefore: number;
  /** Directions that the file has payments of; receipts of others are not compared. */
  readonly compared: ReadonlySet<SaleType>;
  readonly now: number;
  readonly inTimeMs: number;
  /** Age below which the receipt of a payment may still be on its way to the ledger. */
  readonly freshMs: number;
}

/** What an entry that is under way waits for. */
export const phases = ['waiting', 'pending', 'unknown', 'doubtful', 'held', 'parked'] as const;
export type Phase = (typeof phases)[number];

/** What was counted. */
export interface Counted {
  matched: number;
  outsideWindow: number;
  /** Payments whose receipt is under way, or may be on its way to the ledger. */
  paymentsUnderWay: number;
  readonly receiptsUnderWay: Record<Phase, number>;
  receiptsNotCompared: number;
  receiptsAtEdges: number;
  documentsUnderWay: number;
}

/** Returns an empty count. */
export function nothingCounted(): Counted {
  return {
    matched: 0,
    outsideWindow: 0,
    paymentsUnderWay: 0,
    receiptsUnderWay: { waiting: 0, pending: 0, unknown: 0, doubtful: 0, held: 0, parked: 0 },
    receiptsNotCompared: 0,
    receiptsAtEdges: 0,
    documentsUnderWay: 0,
  };
}

/** Direction of payments. */
export type SaleType = 'sell' | 'buy';

/** All that is known of one payment. */
export interface PaymentGroup {
  readonly paymentId: string;
  readonly payments: readonly PaymentRow[];
  readonly receipts: readonly StoredReceipt[];
  readonly listed: readonly ListedRow[];
}

import type { Wallet } from '@fiscalkit/schemas';

interface Planned {
  /** Its name in the plan and in the report. */
  readonly name: string;
  readonly merchant: string;
  readonly paymentId: string;
  /** What the provider is set to make of it. */
  readonly outcome: 'registered' | 'rejected';
}

/** A receipt that one client hands in. */
export interface PlannedReceipt extends Planned {
  readonly kind: 'receipt';
  readonly operation: 'sell' | 'sell_refund';
  readonly totalMinor: number;
}

/** A confirmation that one client hands in. */
export interface PlannedConfirmation extends Planned {
  readonly kind: 'confirmation';
  readonly wallet: Wallet;
  readonly link: string;
}

/** A document that the provider must have exactly once at the end. */
export type PlannedDocument = PlannedReceipt | PlannedConfirmation;

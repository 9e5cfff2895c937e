import type { Correction, CorrectionOperationType, Wallet } from '@fiscalkit/schemas';

interface Planned {
  /** Name in the plan and in the report. */
  readonly name: string;
  readonly merchant: string;
  /** Empty for a correction of no payment. */
  readonly paymentId: string;
  /** Expected outcome. The provider rejects by rules of the plan; the operator drops before sending. */
  readonly outcome: 'registered' | 'rejected' | 'dropped';
}

/** A position of a planned receipt. */
export interface PlannedLine {
  readonly goods: string;
  readonly priceMinor: number;
  readonly quantity: number;
  readonly paymentMethod: 'full_payment' | 'full_prepayment';
}

/** Ground of a correction. */
export type PlannedGround = Correction['correction_info'];

/** A receipt, or a correction, that one client submits. */
export interface PlannedReceipt extends Planned {
  readonly kind: 'receipt';
  readonly operation: 'sell' | 'sell_refund' | CorrectionOperationType;
  /** Ground of a correction; `null` for a receipt. */
  readonly ground: PlannedGround | null;
  readonly totalMinor: number;
  /** None for a correction in FFD 1.05, which has sums alone. */
  readonly lines: readonly PlannedLine[];
  readonly settlement: 'cashless' | 'prepayment';
  /** Whether it is held behind a rejected sale until another sale of its payment is registered. */
  readonly isHeld: boolean;
  /** Whether the ledger makes it from another receipt. */
  readonly isDerived: boolean;
}

/** A confirmation that one client submits. */
export interface PlannedConfirmation extends Planned {
  readonly kind: 'confirmation';
  readonly wallet: Wallet;
  readonly link: string;
}

/** A document that the provider must have exactly once in the end, unless it is dropped. */
export type PlannedDocument = PlannedReceipt | PlannedConfirmation;

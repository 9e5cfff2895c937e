import type { Fault } from '../../rules/fault.js';
import type { PositionDraft, ReceiptDraft } from '../receipt-draft.js';
import type { ValidationContext } from './validation-context.js';

/** A draft whose format, and so its country, is known. */
export type FormattedDraft = ReceiptDraft & { receipt_format: NonNullable<ReceiptDraft['receipt_format']> };

/** Checks what ties fields of a receipt together, as far as they are known. */
export type ReceiptRule = (draft: FormattedDraft, context: ValidationContext) => Fault[];

/** One position and where it stands. */
export interface PositionPlace {
  readonly position: PositionDraft;
  /** JSON path of the position. */
  readonly path: string;
  readonly draft: FormattedDraft;
}

/** Checks what ties fields of a position together, as far as they are known. */
export type PositionRule = (place: PositionPlace, context: ValidationContext) => Fault[];

import type { Fault } from '../../errors/fault.js';
import type { PositionDraft, ReceiptDraft } from '../receipt-draft.js';
import type { ValidationContext } from './validation-context.js';

/** A draft whose format, and so its country, is known. */
export type FormattedDraft = ReceiptDraft & { receipt_format: NonNullable<ReceiptDraft['receipt_format']> };

/** What rules look at besides the draft: the caller's context, and what is calculated once for all of them. */
export interface RuleContext extends ValidationContext {
  /** What the positions add up to, in minor units, if it is known. */
  readonly expectedTotal: number | undefined;
}

/** Checks what ties fields of a receipt together, as far as they are known. */
export type ReceiptRule = (draft: FormattedDraft, context: RuleContext) => readonly Fault[];

/** One position and where it stands. */
export interface PositionPlace {
  readonly position: PositionDraft;
  /** price × quantity in minor units, if they are known. */
  readonly expectedSum: number | undefined;
  /** JSON path of the position. */
  readonly path: string;
  readonly draft: FormattedDraft;
}

/** Checks what ties fields of a position together, as far as they are known. */
export type PositionRule = (place: PositionPlace, context: RuleContext) => readonly Fault[];

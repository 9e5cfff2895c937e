import type { Fault } from '../errors/fault.js';
import type { PositionDraft, ReceiptDraft } from '../receipt/receipt.js';

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

/** What rules look at besides the draft. */
export interface ValidationContext {
  /** The time that dated rates are judged by. */
  readonly now: Date;
  /** The merchant that sends the receipt, if it is known. */
  readonly merchantId?: string | undefined;
  /** Paths of fields that are there but could not be read: no rule may call them absent. */
  readonly unreadable: ReadonlySet<string>;
}

/** Whether a field was left out, as against being there and wrong. */
export function isAbsent(value: unknown, path: string, { unreadable }: ValidationContext): boolean {
  return value === undefined && !unreadable.has(path);
}

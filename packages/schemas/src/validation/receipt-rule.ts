import type { Fault } from '../errors/fault.js';
import type { PositionDraft, ReceiptDraft } from '../receipt/receipt.js';

/** Draft of a known format, and so of a known country. */
export type FormattedDraft = ReceiptDraft & { receipt_format: NonNullable<ReceiptDraft['receipt_format']> };

/** Context of a rule: the caller's, and values computed once for all rules. */
export interface RuleContext extends ValidationContext {
  /** Sum of the positions in minor units, if known. */
  readonly expectedTotal: number | undefined;
}

/** Checks fields of a receipt against each other, as far as they are known. */
export type ReceiptRule = (draft: FormattedDraft, context: RuleContext) => readonly Fault[];

/** Position and its place. */
export interface PositionPlace {
  readonly position: PositionDraft;
  /** Price × quantity in minor units, if known. */
  readonly expectedSum: number | undefined;
  /** JSON path of the position. */
  readonly path: string;
  readonly draft: FormattedDraft;
}

/** Checks fields of a position against each other, as far as they are known. */
export type PositionRule = (place: PositionPlace, context: RuleContext) => readonly Fault[];

/** Facts that rules need besides the draft. */
export interface ValidationContext {
  /** Time by which dated rates are judged. */
  readonly now: Date;
  /** Merchant that sends the receipt, if known. */
  readonly merchantId?: string | undefined;
  /** Paths of fields that are present but unreadable: no rule may call them absent. */
  readonly unreadable: ReadonlySet<string>;
}

/** Checks whether a field was left out, rather than present and wrong. */
export function isAbsent(value: unknown, path: string, { unreadable }: ValidationContext): boolean {
  return value === undefined && !unreadable.has(path);
}

import type { ReceiptFormat } from '../enumerations/countries.js';
import type { SettlementType } from '../enumerations/receipts.js';
import type { Fault } from '../errors/fault.js';
import { allocate } from '../money/allocate.js';
import { amountToNumber, parseAmount } from '../money/amount.js';
import { parseQuantity } from '../money/quantity.js';
import type { Receipt, ReceiptDraft } from '../receipt/receipt.js';
import { checkReceipt } from '../validation/check-receipt.js';
import { hasLabelPerPiece } from './position-lines.js';
import type { Part } from './take-part.js';
import type { Taken, TakenPosition, TakenSettlement } from './taken.js';

/** Options of every receipt that is derived from another. */
export interface DeriveOptions {
  /** All that other receipts took of the origin, refunds and closing receipts alike, in any order. */
  readonly earlier?: readonly Taken[] | undefined;
  /** Format to write; that of the origin by default. What it can't carry is a fault that names the field. */
  readonly format?: ReceiptFormat | undefined;
  /** Time by which dated rates are judged; now by default. */
  readonly now?: Date | undefined;
  /** Makes warnings stop the receipt too. */
  readonly warningsAsFaults?: boolean | undefined;
}

/** Receipt that is derived from another, with what it takes of it, or the faults that are in the way. */
export type DerivedReceipt =
  | {
      readonly ok: true;
      readonly receipt: Receipt;
      /** To be stored with the receipt, and given as `earlier` for the next. */
      readonly taken: Taken;
      readonly warnings: readonly Fault[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

/** Money of one kind, as a caller writes it. */
export interface SettlementInput {
  readonly type: SettlementType;
  readonly sum: number | string;
}

/** Content of a derived receipt. */
interface DerivedContent {
  readonly origin: Receipt;
  readonly operation: NonNullable<ReceiptDraft['operation_type']>;
  readonly positions: readonly object[];
  readonly settlements: readonly object[];
  readonly warnings: readonly Fault[];
  readonly taken: (receipt: Receipt) => Taken;
}

/**
 * Builds and checks a derived receipt: buyer, seller, merchant, payment and details come from the origin, but
 * for the operating detail (tag 1270), which tells of the origin's own operation.
 */
export function deriveReceipt(content: DerivedContent, options: DeriveOptions): DerivedReceipt {
  const { origin, operation, positions, settlements, warnings, taken } = content;
  const { receipt_operating_details: _, ...document }: Receipt & { receipt_operating_details?: unknown } =
    origin;
  const { now, warningsAsFaults = false } = options;
  const checked = checkReceipt(
    {
      ...document,
      receipt_format: options.format ?? origin.receipt_format,
      operation_type: operation,
      positions,
      settlements,
      total: undefined,
    },
    { now, warningsAsFaults },
  );
  const all = [...warnings, ...checked.warnings];
  if (!checked.ok) return refused(checked.faults, all);
  if (warningsAsFaults && warnings.length > 0) return refused(warnings);
  return { ok: true, receipt: checked.receipt, taken: taken(checked.receipt), warnings: all };
}

/** Returns a receipt that can't be derived, with the faults that are in the way. */
export function refused(faults: readonly Fault[], warnings: readonly Fault[] = []): DerivedReceipt {
  return { ok: false, faults, warnings };
}

/** Returns what lines took, one entry a line, in minor units. */
export function takenLines(parts: readonly (Part & { lines: readonly WrittenLine[] })[]): TakenPosition[] {
  let line = 0;
  return parts.flatMap(({ index, position, quantityThousandths, lines }) => {
    const hasOwnLabels = quantityThousandths > 0 && hasLabelPerPiece(position);
    return lines.map((written) => ({
      index,
      line: line++,
      quantityThousandths: quantityThousandths > 0 ? parseQuantity(written.quantity) : 0,
      sumMinor: parseAmount(written.sum),
      ...(hasOwnLabels && written.labels && { labels: written.labels }),
    }));
  });
}

interface WrittenLine {
  readonly quantity: number;
  readonly sum: number;
  readonly labels?: readonly string[] | undefined;
}

/** Adds settlements up by kind, in order of first appearance. */
export function byKind(settlements: Iterable<TakenSettlement>): TakenSettlement[] {
  const sums = new Map<SettlementType, number>();
  for (const { type, sumMinor } of settlements) sums.set(type, (sums.get(type) ?? 0) + sumMinor);
  return Array.from(sums, ([type, sumMinor]) => ({ type, sumMinor }));
}

/** Returns settlements as they are counted, in minor units. */
export function countedSettlements(settlements: Receipt['settlements']): TakenSettlement[] {
  return byKind(settlements.map(({ type, sum }) => ({ type, sumMinor: parseAmount(sum) })));
}

/** Returns settlements as a receipt carries them. */
export function writtenSettlements(settlements: readonly TakenSettlement[]): Receipt['settlements'] {
  return settlements
    .filter(({ sumMinor }) => sumMinor > 0)
    .map(({ type, sumMinor }) => ({ type, sum: amountToNumber(sumMinor) }));
}

/**
 * Shares a sum over the kinds of money by what is left of each, so that over any number of parts each kind is
 * used up to the minor unit together with the others.
 */
export function shareByKind(
  sumMinor: number,
  kinds: readonly TakenSettlement[],
  earlier: readonly Taken[],
): TakenSettlement[] {
  const used = new Map(
    byKind(earlier.flatMap(({ settlements }) => settlements)).map(({ type, sumMinor: sum }) => [type, sum]),
  );
  const left = kinds.map((kind) => Math.max(0, kind.sumMinor - (used.get(kind.type) ?? 0)));
  const shares = allocate(sumMinor, left.some((sum) => sum > 0) ? left : kinds.map((kind) => kind.sumMinor));
  return kinds.map(({ type }, index) => ({ type, sumMinor: shares[index] ?? 0 }));
}

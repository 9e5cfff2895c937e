import type { Fault } from '../errors/fault.js';
import { formatAmount, parseAmount } from '../money/amount.js';
import { parseQuantity, quantityToNumber } from '../money/quantity.js';
import type { Receipt, ReceiptPosition } from '../receipt/receipt.js';
import { faultOf } from '../rules/rules.js';
import { countedSettlements } from './derive-receipt.js';
import { hasLabelPerPiece, labelsOf } from './position-lines.js';
import { isIndivisible } from './take-part.js';
import { type LeftPosition, leftOf, type Taken, type TakenPosition, without } from './taken.js';

/** What a refund that was written by hand takes of a sale. */
export interface TakenByHand {
  readonly taken: Taken;
  /** Lines without a position, and what goes beyond the sale. */
  readonly warnings: readonly Fault[];
}

/**
 * Returns what a refund that was written by hand takes of a sale. A line counts against the positions with
 * its mark code, else with its name; of several, first those with its VAT rate and price, and those that it
 * fits in whole. What no position has left counts in total only. A receipt by `refundOf` comes with this.
 */
export function takenBy(sale: Receipt, refund: Receipt, earlier: readonly Taken[] = []): TakenByHand {
  const start = leftOf(sale, earlier);
  const left = [...start.positions];
  const positions: TakenPosition[] = [];
  const warnings: Fault[] = [];
  let unmatchedMinor = 0;
  refund.positions.forEach((position, line) => {
    const path = `$.positions[${line}]`;
    const candidates = candidatesFor(position, sale);
    const rest = {
      sumMinor: parseAmount(position.sum),
      quantityThousandths: parseQuantity(position.quantity),
    };
    for (const index of ordered(candidates, left, rest)) {
      const part = partOf(position, { sold: sale.positions[index], left: left[index], rest });
      if (part === undefined) continue;
      rest.sumMinor -= part.sumMinor;
      rest.quantityThousandths -= part.quantityThousandths;
      left[index] = without(part.left, part);
      const { left: _, ...taken } = part;
      positions.push({ index, line, ...taken });
    }
    unmatchedMinor += rest.sumMinor;
    if (candidates.length === 0) warnings.push(faultOf('refund.unmatched', path));
    else if (rest.sumMinor > 0 || rest.quantityThousandths > 0) {
      const more = `${quantityToNumber(rest.quantityThousandths)} for ${formatAmount(rest.sumMinor)}`;
      const detail = `${more} more than its position has left`;
      warnings.push(faultOf('refund.beyond-sale', path, detail));
    }
  });
  if (parseAmount(refund.total) > start.totalMinor) {
    const detail = `${formatAmount(start.totalMinor)} is left in total`;
    warnings.push(faultOf('refund.beyond-sale', '$.total', detail));
  }
  const settlements = countedSettlements(refund.settlements);
  return { taken: { positions, settlements, unmatchedMinor }, warnings };
}

/** Returns the positions of the sale that a line may be of, the likeliest first. */
function candidatesFor(line: ReceiptPosition, sale: Receipt): number[] {
  const code = codeOf(line);
  const likeness = (position: ReceiptPosition) => {
    if (code !== undefined && codeOf(position) === code) return 8;
    if (nameOf(position) !== nameOf(line)) return 0;
    return 1 + 2 * Number(position.vat_code === line.vat_code) + 4 * Number(position.price === line.price);
  };
  const scores = sale.positions.map((position, index) => ({ index, score: likeness(position) }));
  const likely = scores.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
  // A code belongs to one item: other items of its name are not it.
  return (likely[0]?.score === 8 ? likely.filter(({ score }) => score === 8) : likely).map(
    ({ index }) => index,
  );
}

function codeOf(position: ReceiptPosition): string | undefined {
  const code = 'mark_code_type' in position ? position.mark_code_type : undefined;
  return code && Object.values(code).find((value) => value !== undefined);
}

function nameOf({ name }: ReceiptPosition): string {
  return name.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

interface Amounts {
  readonly sumMinor: number;
  readonly quantityThousandths: number;
}

/** Puts the positions first that have enough left for all of it. */
function ordered(candidates: readonly number[], left: readonly LeftPosition[], rest: Amounts): number[] {
  const fits = (index: number) => {
    const place = left[index];
    return place && place.sumMinor >= rest.sumMinor && place.quantityThousandths >= rest.quantityThousandths;
  };
  const fitting = candidates.filter(fits);
  return [...fitting, ...candidates.filter((index) => !fitting.includes(index))];
}

interface Place {
  readonly sold: ReceiptPosition | undefined;
  readonly left: LeftPosition | undefined;
  readonly rest: Amounts;
}

/**
 * Returns what a line takes of a position; `undefined` if that is nothing. Of a marked piece it takes no part,
 * which would leave another part that no refund can be written for.
 */
function partOf(line: ReceiptPosition, { sold, left, rest }: Place) {
  if (sold === undefined || left === undefined) return undefined;
  const sumMinor = Math.min(rest.sumMinor, left.sumMinor);
  const most = Math.min(rest.quantityThousandths, left.quantityThousandths);
  const quantityThousandths = most < left.quantityThousandths && isIndivisible(sold, most) ? 0 : most;
  if (sumMinor === 0 && (rest.sumMinor > 0 || quantityThousandths === 0)) return undefined;
  const labels = hasLabelPerPiece(line) ? labelsOf(line).filter((label) => left.labels.includes(label)) : [];
  return { left, sumMinor, quantityThousandths, ...(labels.length > 0 && { labels }) };
}

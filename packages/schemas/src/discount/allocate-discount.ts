import type { Fault } from '../errors/fault.js';
import { isFiscalError } from '../errors/fiscal-error.js';
import { allocate } from '../money/allocate.js';
import { formatAmount, multiplyAmount, parseAmount } from '../money/amount.js';
import { parseQuantity } from '../money/quantity.js';
import { exactLines, type PositionLine, writeLines } from '../origin/position-lines.js';
import { mostPositions } from '../receipt/receipt-schema.js';
import { faultOf, type RuleCode } from '../rules/rules.js';

/** Position before the discount: price and quantity as in a receipt, and whatever else it has. */
export interface DiscountedPosition {
  readonly price: number | string;
  readonly quantity: number | string;
}

/** Positions with their share of a discount taken off, or the faults that are in the way. */
export type AllocatedDiscount<Position> =
  | { readonly ok: true; readonly positions: PositionLine<Position>[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Takes an order's discount, bonus or rounding off its positions, exact to the minor unit: each position's
 * share is in proportion to its sum, rounded down or up. No position falls below zero. Where a price that is
 * multiplied by the quantity can't give the new sum, the position is split in two at two prices, so that the
 * receipt needs no discount of its own (tag 1079 is the price with discounts). A position with a mark code
 * that is counted in pieces has the quantity 1 and is never split, one with an Uzbek label a piece keeps each
 * label with its piece.
 */
export function allocateDiscount<Position extends DiscountedPosition>(
  positions: readonly Position[],
  discount: number | string,
): AllocatedDiscount<Position> {
  const faults: Fault[] = [];
  const read = (value: number | string, path: string, parse: (value: number | string) => number) => {
    try {
      return parse(value);
    } catch (error) {
      if (!isFiscalError(error)) throw error;
      faults.push(faultOf(error.code as RuleCode, path));
      return 0;
    }
  };
  const discountMinor = read(discount, '$.discount', parseAmount);
  const priced = positions.map((position, index) => {
    const path = `$.positions[${index}]`;
    const priceMinor = read(position.price, `${path}.price`, parseAmount);
    const quantityThousandths = read(position.quantity, `${path}.quantity`, parseQuantity);
    const sumMinor = multiplyAmount(priceMinor, quantityThousandths);
    return { position, priceMinor, quantityThousandths, sumMinor };
  });
  const totalMinor = priced.reduce((sum, { sumMinor }) => sum + sumMinor, 0);
  // Beyond it a double has no minor units of its own.
  if (faults.length === 0 && !Number.isSafeInteger(totalMinor))
    faults.push(faultOf('amount.range', '$.positions'));
  if (faults.length === 0 && discountMinor > 0 && discountMinor >= totalMinor)
    faults.push(faultOf('discount.range', '$.discount', `the order is ${formatAmount(totalMinor)}`));
  if (faults.length > 0) return { ok: false, faults };
  const shares = allocate(
    discountMinor,
    priced.map(({ sumMinor }) => sumMinor),
  );
  const reduced = priced.map((line, index) => {
    const shareMinor = shares[index] ?? 0;
    return { ...line, sumMinor: line.sumMinor - shareMinor, shareMinor };
  });
  const lines = withinLimit(reduced).flatMap(({ position, sumMinor, quantityThousandths }) =>
    writeLines(position, { sumMinor, quantityThousandths }),
  );
  if (lines.length > mostPositions && positions.length <= mostPositions)
    return {
      ok: false,
      faults: [faultOf('receipt.positions.count', '$.positions', `${lines.length} with those split`)],
    };
  return { ok: true, positions: lines };
}

interface Reduced {
  readonly priceMinor: number;
  readonly quantityThousandths: number;
  /** Sum after the discount. */
  readonly sumMinor: number;
  readonly shareMinor: number;
}

/**
 * Keeps a receipt that would get too many positions by splitting within its limit. Of those that are split
 * the largest stay so; the others take a few minor units more than their share, to be whole, and those that
 * stay split or are single pieces take that much less.
 */
function withinLimit<Line extends Reduced>(lines: readonly Line[]): readonly Line[] {
  const extra = lines.map(
    (line) => exactLines(line.sumMinor, line.quantityThousandths, line.priceMinor).length - 1,
  );
  let spare = mostPositions - lines.length;
  if (extra.reduce((sum, count) => sum + count, 0) <= spare) return lines;
  const split = lines.flatMap((_, index) => ((extra[index] ?? 0) > 0 ? [index] : []));
  split.sort((one, other) => (lines[other]?.sumMinor ?? 0) - (lines[one]?.sumMinor ?? 0));
  const taking = new Set(lines.flatMap((line, index) => (line.quantityThousandths === 1000 ? [index] : [])));
  const narrowed = [...lines];
  let back = 0;
  for (const index of split) {
    const line = lines[index] as Line;
    const most = line.quantityThousandths % 1000 === 0 ? 1 : 2;
    if (spare >= most) {
      spare -= most;
      taking.add(index);
    } else {
      const sumMinor = wholeSum(line);
      back += line.sumMinor - sumMinor;
      narrowed[index] = { ...line, sumMinor };
    }
  }
  for (const index of taking) {
    const line = narrowed[index] as Line;
    const more = Math.min(back, line.shareMinor);
    narrowed[index] = { ...line, sumMinor: line.sumMinor + more };
    back -= more;
  }
  return back === 0 ? narrowed : lines;
}

/** Returns the largest sum, not above that of the line, that one price gives. */
function wholeSum({ sumMinor, quantityThousandths }: Reduced): number {
  const price = Math.floor((sumMinor * 1000) / quantityThousandths);
  const sum = multiplyAmount(price, quantityThousandths);
  return sum <= sumMinor ? sum : multiplyAmount(price - 1, quantityThousandths);
}

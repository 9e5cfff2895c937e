import { amountToNumber, multiplyAmount, parseAmount } from '../money/amount.js';
import { parseQuantity } from '../money/quantity.js';
import type { PositionDraft, ReceiptDraft } from '../receipt/receipt.js';

/**
 * Fills in the sum of each position, price × quantity with halves rounded away from zero, and the total, if
 * the caller gave none. Given ones stay, for `validateReceipt` to compare.
 */
export function calculateReceipt(draft: ReceiptDraft): ReceiptDraft {
  const { sums, total } = expectedSums(draft);
  const calculated = { ...draft, total: draft.total ?? toNumber(total) };
  if (draft.positions) {
    calculated.positions = draft.positions.map(
      (position, index) => position && { ...position, sum: position.sum ?? toNumber(sums[index]) },
    );
  }
  return calculated;
}

function toNumber(minor: number | undefined): number | undefined {
  return minor === undefined ? undefined : amountToNumber(minor);
}

/** Sums computed from the positions of a receipt, in minor units; `undefined` if something is unknown. */
export interface ExpectedSums {
  /** Price × quantity of each position. */
  readonly sums: readonly (number | undefined)[];
  /** Sum of them all. */
  readonly total: number | undefined;
}

/** Computes the sums and the total of a receipt. */
export function expectedSums({ positions = [] }: ReceiptDraft): ExpectedSums {
  const sums = positions.map((position) => position && expectedSum(position));
  return { sums, total: addUp(sums) };
}

function expectedSum({ price, quantity }: PositionDraft): number | undefined {
  if (price === undefined || quantity === undefined) return undefined;
  return multiplyAmount(parseAmount(price), parseQuantity(quantity));
}

/** Adds amounts in minor units; `undefined` if there are none or one is unknown. */
export function addUp(amounts: readonly (number | undefined)[]): number | undefined {
  if (amounts.length === 0) return undefined;
  let sum = 0;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    sum += amount;
  }
  return sum;
}

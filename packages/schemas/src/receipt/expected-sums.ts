import { multiplyAmount } from '../money/multiply-amount.js';
import { parseAmount } from '../money/parse-amount.js';
import { parseQuantity } from '../money/parse-quantity.js';
import type { PositionDraft, ReceiptDraft } from './receipt-draft.js';

/** price × quantity in minor units; `undefined` where one of them is not known. */
export function expectedSum({ price, quantity }: PositionDraft): number | undefined {
  if (price === undefined || quantity === undefined) return undefined;
  return multiplyAmount(parseAmount(price), parseQuantity(quantity));
}

/** The sum over all positions in minor units; `undefined` where one of them is not known. */
export function expectedTotal({ positions = [] }: ReceiptDraft): number | undefined {
  return addUp(positions.map((position) => position && expectedSum(position)));
}

/** The sum of amounts in minor units; `undefined` where there are none or one of them is not known. */
export function addUp(amounts: readonly (number | undefined)[]): number | undefined {
  if (amounts.length === 0) return undefined;
  return amounts.reduce(
    (sum, amount) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    0,
  );
}

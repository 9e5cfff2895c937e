import { amountToNumber } from '../money/amount-to-number.js';
import { expectedSum, expectedTotal } from './expected-sums.js';
import type { PositionDraft, ReceiptDraft } from './receipt-draft.js';

/**
 * Fills in the sum of each position, price × quantity with halves rounded away from zero, and the total, where the caller
 * gave none. What the caller gave stays, for `validateReceipt` to compare.
 */
export function calculateReceipt(draft: ReceiptDraft): ReceiptDraft {
  const calculated = { ...draft, total: draft.total ?? toNumber(expectedTotal(draft)) };
  if (draft.positions)
    calculated.positions = draft.positions.map((position) => position && withSum(position));
  return calculated;
}

function withSum(position: PositionDraft): PositionDraft {
  return { ...position, sum: position.sum ?? toNumber(expectedSum(position)) };
}

function toNumber(minor: number | undefined): number | undefined {
  return minor === undefined ? undefined : amountToNumber(minor);
}

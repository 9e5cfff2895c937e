import { amountToNumber } from '../money/amount.js';
import { expectedSums } from './expected-sums.js';
import type { ReceiptDraft } from './receipt-draft.js';

/**
 * Fills in the sum of each position, price × quantity with halves rounded away from zero, and the total, where the caller
 * gave none. What the caller gave stays, for `validateReceipt` to compare.
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

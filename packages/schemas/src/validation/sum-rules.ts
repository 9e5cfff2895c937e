import { countryOf, maximumAmountMinor } from '../enumerations/countries.js';
import { formatAmount, parseAmount } from '../money/amount.js';
import { faultOf } from '../rules/rules.js';
import { addUp } from './calculate-receipt.js';
import type { PositionRule, ReceiptRule } from './receipt-rule.js';

/** Requires a total that is the sum of the positions, above zero and within the limit. */
export const totalRule: ReceiptRule = ({ receipt_format, total }, { expectedTotal }) => {
  if (expectedTotal === undefined) return [];
  if (expectedTotal > maximumAmountMinor[countryOf(receipt_format)])
    return [faultOf('amount.range', '$.total')];
  if (expectedTotal === 0) return [faultOf('receipt.total.zero', '$.total')];
  if (total === undefined || parseAmount(total) === expectedTotal) return [];
  const detail = `the positions add up to ${formatAmount(expectedTotal)}`;
  return [faultOf('receipt.total.mismatch', '$.total', detail)];
};

/** Requires settlements that add up to the total, to the minor unit. */
export const settlementsRule: ReceiptRule = ({ settlements = [], total }, { expectedTotal }) => {
  const settled = addUp(settlements.map((settlement) => minorOf(settlement?.sum)));
  // The sum of the positions is certain; the total that the caller wrote is not.
  const due = expectedTotal ?? minorOf(total);
  if (settled === undefined || due === undefined || settled === due) return [];
  const detail = `${formatAmount(settled)} settled of ${formatAmount(due)}`;
  return [faultOf('receipt.settlements.mismatch', '$.settlements', detail)];
};

function minorOf(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : parseAmount(amount);
}

/** Requires a sum of a position that is price × quantity and within the limit. */
export const sumRule: PositionRule = ({ position: { sum }, expectedSum, path, draft }) => {
  if (expectedSum === undefined) return [];
  if (expectedSum > maximumAmountMinor[countryOf(draft.receipt_format)])
    return [faultOf('amount.range', `${path}.sum`)];
  if (sum === undefined || parseAmount(sum) === expectedSum) return [];
  return [faultOf('receipt.position.sum.mismatch', `${path}.sum`, `expected ${formatAmount(expectedSum)}`)];
};

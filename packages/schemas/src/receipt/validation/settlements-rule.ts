import { formatAmount, parseAmount } from '../../money/amount.js';
import { faultOf } from '../../rules/rules.js';
import { addUp } from '../expected-sums.js';
import type { ReceiptRule } from './receipt-rule.js';

/** The settlements add up to the total, to the minor unit. */
export const settlementsRule: ReceiptRule = ({ settlements = [], total }, { expectedTotal }) => {
  const settled = addUp(settlements.map((settlement) => minorOf(settlement?.sum)));
  // What the positions add up to is sure; the total that the caller wrote is not.
  const due = expectedTotal ?? minorOf(total);
  if (settled === undefined || due === undefined || settled === due) return [];
  const detail = `${formatAmount(settled)} settled of ${formatAmount(due)}`;
  return [faultOf('receipt.settlements.mismatch', '$.settlements', detail)];
};

function minorOf(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : parseAmount(amount);
}

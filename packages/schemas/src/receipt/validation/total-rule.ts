import { formatAmount } from '../../money/format-amount.js';
import { parseAmount } from '../../money/parse-amount.js';
import { faultOf } from '../../rules/fault-of.js';
import { countryOf } from '../enumerations/country-of.js';
import { expectedTotal } from '../expected-sums.js';
import { maximumAmountMinor } from '../limits.js';
import type { ReceiptRule } from './receipt-rule.js';

/** The total is what the positions add up to, above zero and within the limit. */
export const totalRule: ReceiptRule = (draft) => {
  const expected = expectedTotal(draft);
  if (expected === undefined) return [];
  if (expected > maximumAmountMinor[countryOf(draft.receipt_format)])
    return [faultOf('amount.range', '$.total')];
  if (expected === 0) return [faultOf('receipt.total.zero', '$.total')];
  const { total } = draft;
  if (total === undefined || parseAmount(total) === expected) return [];
  return [faultOf('receipt.total.mismatch', '$.total', `the positions add up to ${formatAmount(expected)}`)];
};

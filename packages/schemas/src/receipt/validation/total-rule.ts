import { countryOf, maximumAmountMinor } from '../../enumerations/countries.js';
import { formatAmount, parseAmount } from '../../money/amount.js';
import { faultOf } from '../../rules/rules.js';
import type { ReceiptRule } from './receipt-rule.js';

/** The total is what the positions add up to, above zero and within the limit. */
export const totalRule: ReceiptRule = ({ receipt_format, total }, { expectedTotal }) => {
  if (expectedTotal === undefined) return [];
  if (expectedTotal > maximumAmountMinor[countryOf(receipt_format)])
    return [faultOf('amount.range', '$.total')];
  if (expectedTotal === 0) return [faultOf('receipt.total.zero', '$.total')];
  if (total === undefined || parseAmount(total) === expectedTotal) return [];
  const detail = `the positions add up to ${formatAmount(expectedTotal)}`;
  return [faultOf('receipt.total.mismatch', '$.total', detail)];
};

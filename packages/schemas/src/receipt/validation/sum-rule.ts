import { countryOf, maximumAmountMinor } from '../../enumerations/countries.js';
import { formatAmount, parseAmount } from '../../money/amount.js';
import { faultOf } from '../../rules/rules.js';
import type { PositionRule } from './receipt-rule.js';

/** The sum of a position is price × quantity and within the limit. */
export const sumRule: PositionRule = ({ position: { sum }, expectedSum, path, draft }) => {
  if (expectedSum === undefined) return [];
  if (expectedSum > maximumAmountMinor[countryOf(draft.receipt_format)])
    return [faultOf('amount.range', `${path}.sum`)];
  if (sum === undefined || parseAmount(sum) === expectedSum) return [];
  return [faultOf('receipt.position.sum.mismatch', `${path}.sum`, `expected ${formatAmount(expectedSum)}`)];
};

import { formatAmount } from '../../money/format-amount.js';
import { parseAmount } from '../../money/parse-amount.js';
import { faultOf } from '../../rules/fault-of.js';
import { countryOf } from '../enumerations/country-of.js';
import { expectedSum } from '../expected-sums.js';
import { maximumAmountMinor } from '../limits.js';
import type { PositionRule } from './receipt-rule.js';

/** The sum of a position is price × quantity and within the limit. */
export const sumRule: PositionRule = ({ position, path, draft }) => {
  const expected = expectedSum(position);
  if (expected === undefined) return [];
  const place = `${path}.sum`;
  if (expected > maximumAmountMinor[countryOf(draft.receipt_format)]) return [faultOf('amount.range', place)];
  if (position.sum === undefined || parseAmount(position.sum) === expected) return [];
  return [faultOf('receipt.position.sum.mismatch', place, `expected ${formatAmount(expected)}`)];
};

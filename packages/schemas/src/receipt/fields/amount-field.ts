import { amountToNumber } from '../../money/amount-to-number.js';
import { readDecimal } from '../../money/read-decimal.js';
import { decimalField } from './decimal-field.js';

/** An amount up to a limit in minor units: a number or decimal text of at most two decimals. */
export function amountField(maximumMinor: number) {
  return decimalField({
    read: (value) => {
      const minor = readDecimal(value, 2);
      return typeof minor === 'number' && minor > maximumMinor ? 'range' : minor;
    },
    toNumber: amountToNumber,
    codeOf: (problem) => `amount.${problem}`,
    minimum: 0,
    maximum: amountToNumber(maximumMinor),
    places: 2,
  });
}

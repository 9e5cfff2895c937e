import { type Country, maximumAmountMinor } from '../../enumerations/countries.js';
import { amountToNumber } from '../../money/amount.js';
import { readDecimal } from '../../money/decimal.js';
import { decimalField } from './decimal-field.js';

/** An amount up to the limit of a country: a number or decimal text of at most two decimals. */
export const amountField = {
  ru: amountUpTo(maximumAmountMinor.ru),
  uz: amountUpTo(maximumAmountMinor.uz),
} satisfies Record<Country, unknown>;

function amountUpTo(maximumMinor: number) {
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

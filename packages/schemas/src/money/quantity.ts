import { errorOf } from '../rules/rules.js';
import { type DecimalProblem, readDecimal } from './decimal.js';

/**
 * Reads a quantity into thousandths.
 *
 * Takes a JSON number or a plain decimal text from 0.001 to 99999.999 (tag 1023); zeros behind the third
 * decimal are none. Throws a `FiscalError` with `quantity.format`, `quantity.precision` or `quantity.range`.
 */
export function parseQuantity(value: number | string): number {
  const thousandths = readQuantity(value);
  if (typeof thousandths === 'string') throw errorOf(`quantity.${thousandths}`);
  return thousandths;
}

/** Largest quantity of a position, in thousandths. */
export const maximumThousandths = 99_999_999;

/** Reads a quantity in thousandths, or returns the reason why it is none. */
export function readQuantity(value: number | string): number | Exclude<DecimalProblem, 'negative'> {
  const thousandths = readDecimal(value, 3);
  if (thousandths === 'negative') return 'range';
  if (typeof thousandths === 'string') return thousandths;
  return thousandths >= 1 && thousandths <= maximumThousandths ? thousandths : 'range';
}

/** Turns thousandths into the number that the wire carries: 1500 is 1.5. */
export function quantityToNumber(thousandths: number): number {
  return thousandths / 1000;
}

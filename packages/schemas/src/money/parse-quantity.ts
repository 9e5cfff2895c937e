import { errorOf } from '../rules/error-of.js';
import { readQuantity } from './read-quantity.js';

/**
 * Reads a quantity into thousandths.
 *
 * Takes a JSON number or a plain decimal text from 0.001 to 99999.999 (tag 1023); zeros behind the third decimal are none. Throws a `FiscalError` with
 * `quantity.format`, `quantity.precision` or `quantity.range`.
 */
export function parseQuantity(value: number | string): number {
  const thousandths = readQuantity(value);
  if (typeof thousandths === 'string') throw errorOf(`quantity.${thousandths}`);
  return thousandths;
}

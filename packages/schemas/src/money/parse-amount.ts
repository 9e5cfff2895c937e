import { errorOf } from '../rules/error-of.js';
import { readDecimal } from './read-decimal.js';

/**
 * Reads an amount of roubles or sums into minor units (kopecks, tiyin).
 *
 * Takes a JSON number or a plain decimal text of at most two decimals; zeros behind them are none. Throws a `FiscalError` with `amount.format`,
 * `amount.precision`, `amount.negative`, or `amount.range` beyond 15 digits.
 */
export function parseAmount(value: number | string): number {
  const minor = readDecimal(value, 2);
  if (typeof minor === 'string') throw errorOf(`amount.${minor}`);
  return minor;
}

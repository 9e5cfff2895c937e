import { errorOf } from '../rules/rules.js';
import { readDecimal, scaleRounded, writeDecimal } from './decimal.js';

/**
 * Reads an amount of roubles or sums into minor units (kopecks, tiyin).
 *
 * Takes a JSON number or a plain decimal text of at most two decimals; zeros behind them are none. Throws a
 * `FiscalError` with `amount.format`, `amount.precision`, `amount.negative`, or `amount.range` beyond 15
 * digits.
 */
export function parseAmount(value: number | string): number {
  const minor = readDecimal(value, 2);
  if (typeof minor === 'string') throw errorOf(`amount.${minor}`);
  return minor;
}

/** Writes minor units as a decimal text with two decimals: 20000 is `200.00`. */
export function formatAmount(minor: number): string {
  return writeDecimal(minor, 2);
}

/** Turns minor units into the number that the wire carries: 20000 is 200. */
export function amountToNumber(minor: number): number {
  return minor / 100;
}

/**
 * Returns the sum of a position (tag 1043) in minor units: price × quantity, halves rounded away from zero.
 */
export function multiplyAmount(priceMinor: number, quantityThousandths: number): number {
  return scaleRounded(priceMinor, quantityThousandths, 1000);
}

import { divideRounded } from './divide-rounded.js';

/**
 * units × numerator / denominator, halves rounded away from zero. All three are whole numbers, the denominator is positive.
 * A product that a double holds exactly is divided as a number, which costs a tenth of what a `bigint` costs.
 */
export function scaleRounded(units: number, numerator: number, denominator: number): number {
  const product = units * numerator;
  const isExact =
    Number.isSafeInteger(product) && Number.isSafeInteger(units) && Number.isSafeInteger(numerator);
  if (!isExact) return Number(divideRounded(BigInt(units) * BigInt(numerator), BigInt(denominator)));
  const rest = product % denominator;
  const whole = (product - rest) / denominator;
  return 2 * Math.abs(rest) >= denominator ? whole + Math.sign(rest) : whole;
}

import { writeDecimal } from './write-decimal.js';

/** Writes minor units as a decimal text with two decimals: 20000 is `200.00`. */
export function formatAmount(minor: number): string {
  return writeDecimal(minor, 2);
}

/**
 * Divides and rounds to the nearest whole number, halves away from zero: the one rounding rule of all money here. The
 * denominator is positive.
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}

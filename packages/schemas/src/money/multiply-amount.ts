import { scaleRounded } from './scale-rounded.js';

/** The sum of a position (tag 1043) in minor units: price × quantity, halves rounded away from zero. */
export function multiplyAmount(priceMinor: number, quantityThousandths: number): number {
  return scaleRounded(priceMinor, quantityThousandths, 1000);
}

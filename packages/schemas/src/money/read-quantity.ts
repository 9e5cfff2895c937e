import { type DecimalProblem, readDecimal } from './read-decimal.js';

/** The most of one position, in thousandths. */
export const maximumThousandths = 99_999_999;

/** Reads a quantity in thousandths, or says why it is none. */
export function readQuantity(value: number | string): number | Exclude<DecimalProblem, 'negative'> {
  const thousandths = readDecimal(value, 3);
  if (thousandths === 'negative') return 'range';
  if (typeof thousandths === 'string') return thousandths;
  return thousandths >= 1 && thousandths <= maximumThousandths ? thousandths : 'range';
}

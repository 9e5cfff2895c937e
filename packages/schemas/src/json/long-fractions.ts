import { losesDigits } from './loses-digits.js';

/** So many digits tell all doubles apart, and programs that know no shorter way print them. */
const printedDigits = 17;

/** A double tells all decimals of so many digits apart. */
const exactDigits = 15;

const fraction = /^-?\d+\.\d+$/;

/**
 * Whether a JSON number is a double as PHP and .NET print it, in 16 or 17 digits: `0.60000000000000009`, `50.100000000000001`. Whoever
 * reads doubles reads that very double, though it has a shorter name.
 */
export function isLongFraction(literal: string): boolean {
  if (!fraction.test(literal)) return false;
  const digits = significantDigits(literal);
  return digits <= printedDigits && Number(literal).toPrecision(digits) === literal;
}

/**
 * Reads JSON so that no such fraction comes out as a decimal of up to 15 digits: one that has a short name (`50.1`) is read as a double
 * beside it, not two steps away. So an amount of too many decimals stays one, wherever it stands, and is judged there. The text is JSON without
 * flaws.
 */
export function readLongFractions(text: string): unknown {
  const read = (_: string, value: unknown, { source = '' }: { readonly source?: string } = {}) =>
    typeof value === 'number' && losesDigits(source) && isLongFraction(source) ? unshortened(value) : value;
  return JSON.parse(text, read);
}

function unshortened(value: number): number {
  return significantDigits(String(value)) > exactDigits ? value : value * (1 + Number.EPSILON);
}

/** Counts the digits of a decimal from its first that is no zero. */
function significantDigits(decimal: string): number {
  return decimal.replace(/^[-0.]+/, '').replace('.', '').length;
}

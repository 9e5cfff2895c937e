const decimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
const negative = /^-(0|[1-9]\d*)(?:\.\d+)?(e[+-]?\d+)?$/;

/**
 * Digits up to which a double tells all decimals apart; a longer one may have been changed before it came
 * here.
 */
const maximumDigits = 15;
const tooManyUnits = 10 ** maximumDigits;

/** Reason why a text or number is not the expected decimal. */
export type DecimalProblem = 'format' | 'precision' | 'negative' | 'range';

/**
 * Reads a decimal exactly, as a whole number of its smallest unit. A number stands for its shortest decimal
 * text, so a binary fraction gets no digits of its own.
 */
export function readDecimal(value: number | string, places: number): number | DecimalProblem {
  if (typeof value === 'string') return readText(value, places, 'text');
  return readPlainNumber(value, 10 ** places) ?? readText(String(value), places, 'number');
}

/**
 * Reads most numbers without writing them out: units below 10¹⁵ that divide back into the very same double
 * are the only such decimal of that double. Returns `undefined` where this proves nothing: for zero and for
 * any other number.
 */
function readPlainNumber(value: number, unitsOfOne: number): number | undefined {
  const units = Math.round(value * unitsOfOne);
  return units > 0 && units < tooManyUnits && units / unitsOfOne === value ? units : undefined;
}

function readText(text: string, places: number, origin: 'number' | 'text'): number | DecimalProblem {
  const match = decimal.exec(text);
  if (match === null) return problemOf(text, origin);
  const [, whole = '', fraction = ''] = match;
  if (hasDigitsFrom(places, fraction)) return 'precision';
  const digits = whole + fraction.slice(0, places).padEnd(places, '0');
  return digits.length > maximumDigits ? 'range' : Number(digits);
}

/**
 * Finds digits behind the last decimal. Zeros there do not count: databases write as many as their column
 * has.
 */
function hasDigitsFrom(place: number, fraction: string): boolean {
  for (let index = place; index < fraction.length; index += 1) {
    if (fraction[index] !== '0') return true;
  }
  return false;
}

function problemOf(text: string, origin: 'number' | 'text'): DecimalProblem {
  if (negative.test(text) || text === '-Infinity') return 'negative';
  if (origin === 'text') return 'format';
  // Numbers print an exponent only below 1e-6 and from 1e21 on; JSON's 1e400 arrives as Infinity.
  if (text === 'Infinity' || text.includes('e+')) return 'range';
  return text.includes('e-') ? 'precision' : 'format';
}

/** Writes a whole number of smallest units as a decimal: 20000 with two places is `200.00`. */
export function writeDecimal(units: number, places: number): string {
  const sign = units < 0 ? '-' : '';
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * Returns units × numerator / denominator, halves rounded away from zero. All three are whole numbers, the
 * denominator is positive. A product that a double holds exactly is divided as a number, at a tenth of the
 * cost of a `bigint`.
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

/**
 * Divides and rounds to the nearest whole number, halves away from zero: the one rounding rule of all money
 * here. The denominator is positive.
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}

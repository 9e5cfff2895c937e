import { z } from 'zod';
import { type Country, maximumAmountMinor } from '../enumerations/countries.js';
import { amountToNumber } from '../money/amount.js';
import { type DecimalProblem, readDecimal } from '../money/decimal.js';
import { maximumThousandths, quantityToNumber, readQuantity } from '../money/quantity.js';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure } from '../schema/issue-codes.js';

/** An amount up to the limit of a country: a number or decimal text of at most two decimals. */
export const amountField = {
  ru: amountUpTo(maximumAmountMinor.ru),
  uz: amountUpTo(maximumAmountMinor.uz),
} satisfies Record<Country, unknown>;

function amountUpTo(maximumMinor: number) {
  return decimalField({
    read: (value) => {
      const minor = readDecimal(value, 2);
      return typeof minor === 'number' && minor > maximumMinor ? 'range' : minor;
    },
    toNumber: amountToNumber,
    codeOf: (problem) => `amount.${problem}`,
    minimum: 0,
    maximum: amountToNumber(maximumMinor),
    places: 2,
  });
}

/** A quantity from 0.001 to 99999.999: a number or decimal text of at most three decimals. */
export const quantityField = decimalField({
  read: readQuantity,
  toNumber: quantityToNumber,
  codeOf: (problem) => `quantity.${problem}`,
  minimum: quantityToNumber(1),
  maximum: quantityToNumber(maximumThousandths),
  places: 3,
});

/**
 * A quantity of a part of a receipt, where zero is a fault of what is requested and not of the number: a
 * number or decimal text up to 99999.999, of at most three decimals.
 */
export const partQuantityField = decimalField({
  read: (value) => (readDecimal(value, 3) === 0 ? 0 : readQuantity(value)),
  toNumber: quantityToNumber,
  codeOf: (problem) => `quantity.${problem}`,
  minimum: 0,
  maximum: quantityToNumber(maximumThousandths),
  places: 3,
});

/**
 * Reading of a decimal: into whole smallest units or a problem, and from there into the number of the wire.
 */
interface DecimalReading<Problem extends DecimalProblem> {
  readonly read: (value: number | string) => number | Problem;
  readonly toNumber: (units: number) => number;
  readonly codeOf: (problem: Problem) => RuleCode;
  /** Limits and decimals that `read` keeps to. */
  readonly minimum: number;
  readonly maximum: number;
  readonly places: number;
}

/**
 * Builds a field for a decimal that callers send as number or text and that is a number from here on: read
 * exactly, never rounded. Structure is the form of a text and the limits of a number; the decimals of a
 * number and the limits of a text are left to the rule, since validators compute `multipleOf` in binary
 * fractions and can't read numbers in texts.
 */
function decimalField<Problem extends DecimalProblem>(reading: DecimalReading<Problem>) {
  const { read, toNumber, codeOf, minimum, maximum, places } = reading;
  const plainForm = `^(0|[1-9]\\d*)(\\.\\d{1,${places}})?$`;
  // Zeros behind the decimals have a form of their own, so that the published schema only ever gets wider.
  const zerosForm = `^(0|[1-9]\\d*)\\.\\d{${places}}0+$`;
  const form = new RegExp(`${plainForm}|${zerosForm}`);
  const number = z.number().meta({ minimum, maximum });
  const texts = [plainForm, zerosForm].map((pattern) => z.string().meta({ pattern }));
  const input = z.union([number, ...texts], {
    error: ({ input: value }) => {
      if (value === undefined) return 'field.missing';
      // Only a number that JSON has no word for is left over here, above all 1e400, which is read as
      // Infinity.
      const units = typeof value === 'number' ? read(value) : 0;
      return typeof units === 'string' ? codeOf(units) : 'field.type';
    },
  });
  const isWellFormed = (value: number | string) =>
    typeof value === 'number' ? minimum <= value && value <= maximum : form.test(value);
  return z.codec(input, z.number().min(minimum).max(maximum), {
    decode: (value, { issues }) => {
      const units = read(value);
      if (typeof units === 'number') return toNumber(units);
      const issue = { code: 'custom', message: codeOf(units), input: value } as const;
      issues.push(isWellFormed(value) ? { ...issue, ...beyondStructure } : issue);
      return z.NEVER;
    },
    encode: (value) => value,
  });
}

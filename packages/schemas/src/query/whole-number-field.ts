import { z } from 'zod';
import { coded } from '../rules/coded.js';
import type { RuleCode } from '../rules/rules.js';
import { structural } from '../rules/structural.js';

/** A whole number that a query string carries as text. */
export function wholeNumberField(range: { minimum: number; maximum: number; code: RuleCode }) {
  const code = coded(range.code);
  const text = z.string().meta({ pattern: '^-?[0-9]{1,10}$' });
  const { minimum, maximum } = range;
  const number = z.number(code).int(code).min(minimum, code).max(maximum, code);
  const input = z.union([z.number().meta({ type: 'integer', minimum, maximum }), text], structural);
  return z.codec(input, number, {
    decode: (value) => (typeof value === 'number' || /^-?\d{1,10}$/.test(value) ? Number(value) : Number.NaN),
    encode: (value) => value,
  });
}

import { z } from 'zod';
import { coded } from '../rules/coded.js';
import type { RuleCode } from '../rules/rules.js';
import { structural } from '../rules/structural.js';
import { beyondStructure } from '../structure/beyond-structure.js';

/** A whole number that a query string carries as text. Structure is the form of the text; its limits are for the rule alone. */
export function wholeNumberField(range: { minimum: number; maximum: number; code: RuleCode }) {
  const { minimum, maximum } = range;
  const code = coded(range.code);
  const number = z.number(code).int(code).min(minimum, code).max(maximum, code);
  const text = z.string().regex(/^-?\d{1,10}$/, code);
  const error = (issue: Parameters<typeof structural.error>[0]) =>
    typeof issue.input === 'number' ? range.code : structural.error(issue);
  return z.codec(z.union([number, text], { error }), number, {
    decode: (value, { issues }) => {
      const whole = Number(value);
      if (minimum <= whole && whole <= maximum) return whole;
      issues.push({ code: 'custom', message: range.code, input: value, ...beyondStructure });
      return z.NEVER;
    },
    encode: (value) => value,
  });
}

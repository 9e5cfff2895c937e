import { z } from 'zod';
import { coreOf } from '../../patterns/core-of.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';

/** A text in a given form, mostly of digits; blanks around it are removed. */
export function patternField(pattern: RegExp, code: RuleCode) {
  return z
    .string(structural)
    .trim()
    .regex(pattern, coded(code))
    .meta({ pattern: trimmedPattern(coreOf(pattern)) });
}

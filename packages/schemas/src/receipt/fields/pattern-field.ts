import { z } from 'zod';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';

/** A text in a given form, mostly of digits. */
export function patternField(pattern: RegExp, code: RuleCode) {
  return z.string(structural).trim().regex(pattern, coded(code));
}

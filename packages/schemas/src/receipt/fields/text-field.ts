import { z } from 'zod';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';

/** A text without blanks around it that is not empty. */
export function textField(maximumLength: number, code: RuleCode = 'field.length') {
  return z.string(structural).trim().min(1, coded(code)).max(maximumLength, coded(code));
}

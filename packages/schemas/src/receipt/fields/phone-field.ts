import type { RuleCode } from '../../rules/rules.js';
import { patternField } from './pattern-field.js';

const phone = /^(\+\d{5,18}|\d{5,19})$/;

/** A phone of at most 19 characters (tags 1008 and 1171): digits, optionally after a plus sign. */
export function phoneField(code: RuleCode) {
  return patternField(phone, code);
}

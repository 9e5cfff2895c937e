import { coreOf } from '../../patterns/core-of.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { trimmedText } from '../../structure/trimmed-text.js';

/** A text in a given form, mostly of digits; blanks around it are removed. */
export function patternField(pattern: RegExp, code: RuleCode) {
  return trimmedText.regex(pattern, coded(code)).meta({ pattern: trimmedPattern(coreOf(pattern)) });
}

import { coreOf } from '../../patterns/core-of.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { coded } from '../../schema/issue-codes.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { formCheck } from './form-check.js';

/** A text in a given form, mostly of digits; blanks around it are removed. The detail says the form where the rule does not. */
export function patternField(pattern: RegExp, code: RuleCode, detail?: string) {
  const text =
    detail === undefined
      ? trimmedText.regex(pattern, coded(code))
      : trimmedText.check(
          formCheck({ code, detail, isSound: (value) => pattern.test(value), hasForm: () => false }),
        );
  return text.meta({ pattern: trimmedPattern(coreOf(pattern)) });
}

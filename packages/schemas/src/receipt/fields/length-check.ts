import type { RuleCode } from '../../rules/rules.js';
import { formCheck } from './form-check.js';

/**
 * Checks that a text is not too long. JSON Schema counts characters; who counts UTF-16 units, as we do, finds two in an emoji.
 * Providers do not say how they count, so the stricter count is the rule.
 */
export function lengthCheck(maximumLength: number, code: RuleCode) {
  return formCheck({
    code,
    isSound: (text) => text.length <= maximumLength,
    hasForm: (text) => text.length <= 2 * maximumLength && [...text].length <= maximumLength,
  });
}

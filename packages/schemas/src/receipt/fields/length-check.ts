import type { z } from 'zod';
import type { RuleCode } from '../../rules/rules.js';
import { beyondStructure } from '../../schema/issue-codes.js';

/** How long a text may be, and the code of one that is empty or longer. */
interface TextLength {
  readonly maximumLength: number;
  readonly code: RuleCode;
}

/**
 * What is wrong with the length of a text; `null` for nothing. JSON Schema counts characters; who counts UTF-16 units, as we do, finds
 * two in an emoji. Providers do not say how they count, so the stricter count is the rule.
 */
export function lengthIssue(text: string, { maximumLength, code }: TextLength): z.core.$ZodRawIssue | null {
  if (text !== '' && text.length <= maximumLength) return null;
  const params = { detail: `1–${maximumLength} characters` };
  const issue = { code: 'custom', input: text, message: code, continue: true } as const;
  const isShortInCharacters =
    text !== '' && text.length <= 2 * maximumLength && [...text].length <= maximumLength;
  return { ...issue, params: isShortInCharacters ? { ...beyondStructure.params, ...params } : params };
}

/** Checks that a text is neither empty nor too long. */
export function lengthCheck(length: TextLength): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    const issue = lengthIssue(value, length);
    if (issue) issues.push(issue);
  };
}

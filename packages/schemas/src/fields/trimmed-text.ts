import { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure, structural } from '../schema/issue-codes.js';

/** A text without the blanks around it: what fields of texts are made of, each with checks of its own. */
export const trimmedText = z.string(structural).trim();

/** A text that a rule knows more about than its form. */
interface FormCheck {
  readonly code: RuleCode;
  readonly isSound: (text: string) => boolean;
  /** Whether a text that is not sound has the right form at least, which is all that JSON Schema can tell. */
  readonly hasForm: (text: string) => boolean;
  /** What is asked for, where the rule's message does not say it. */
  readonly detail?: string | undefined;
}

/** Checks a text with one code for its form and for what only a rule can say of it. */
export function formCheck({ code, isSound, hasForm, detail }: FormCheck): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    if (isSound(value)) return;
    const params = { ...(detail !== undefined && { detail }), ...(hasForm(value) && beyondStructure.params) };
    issues.push({ code: 'custom', input: value, message: code, continue: true, params });
  };
}

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

/** What `trim` takes away, spelt out for use between brackets: engines of regular expressions differ in what `\s` is. */
export const blanks = '\\t-\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Any character that `trim` leaves where it is. */
export const solid = `[^${blanks}]`;

/** Writes the pattern of a text that has the form of `core` once the blanks around it are gone. */
export function trimmedPattern(core: string): string {
  return `^[${blanks}]*(?:${core})[${blanks}]*$`;
}

/** Writes the pattern of so many characters, line ends included, with no blank at either end. */
export function characters(minimum: number, maximum: number = minimum): string {
  const between = `[\\s\\S]{${Math.max(minimum - 2, 0)},${maximum - 2}}${solid}`;
  return minimum > 1 ? `${solid}${between}` : `${solid}(?:${between})?`;
}

/** The pattern of a whole text without its anchors. */
export function coreOf({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '');
}

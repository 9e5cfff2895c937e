import { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure, structural } from '../schema/issue-codes.js';

/** Text without the blanks around it: base of all text fields, each with checks of its own. */
export const trimmedText = z.string(structural).trim();

/** Check of a text that goes beyond its form. */
interface FormCheck {
  readonly code: RuleCode;
  readonly isSound: (text: string) => boolean;
  /** Returns true for an unsound text of the right form, which is all that JSON Schema can tell. */
  readonly hasForm: (text: string) => boolean;
  /** Description of the expected form, if the rule's message has none. */
  readonly detail?: string | undefined;
}

/** Checks a text, with one code for its form and for anything that only the rule can tell. */
export function formCheck({ code, isSound, hasForm, detail }: FormCheck): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    if (isSound(value)) return;
    const params = { ...(detail !== undefined && { detail }), ...(hasForm(value) && beyondStructure.params) };
    issues.push({ code: 'custom', input: value, message: code, continue: true, params });
  };
}

/** Longest text, and the code of one that is empty or longer. */
interface TextLength {
  readonly maximumLength: number;
  readonly code: RuleCode;
}

/**
 * Returns the issue with the length of a text; `null` for none. JSON Schema counts characters; counted in
 * UTF-16 units, as here, an emoji has two. Providers do not document how they count, so the stricter count is
 * the rule.
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

/**
 * Blanks that `trim` removes, spelt out for use between brackets: engines of regular expressions differ in
 * `\s`.
 */
export const blanks = '\\t-\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Pattern of a character that `trim` keeps. */
export const solid = `[^${blanks}]`;

/** Writes the pattern of a text that has the form of `core` once the blanks around it are gone. */
export function trimmedPattern(core: string): string {
  return `^[${blanks}]*(?:${core})[${blanks}]*$`;
}

/** Writes the pattern of a text with this many characters, line ends included, and no blank at either end. */
export function characters(minimum: number, maximum: number = minimum): string {
  const between = `[\\s\\S]{${Math.max(minimum - 2, 0)},${maximum - 2}}${solid}`;
  return minimum > 1 ? `${solid}${between}` : `${solid}(?:${between})?`;
}

/** Returns a pattern without its anchors. */
export function coreOf({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '');
}

import { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure, coded, structural } from '../schema/issue-codes.js';
import {
  characters,
  coreOf,
  formCheck,
  lengthCheck,
  lengthIssue,
  trimmedPattern,
  trimmedText,
} from './trimmed-text.js';

/** Builds a field for a text of at least one character; blanks around it are removed. */
export function textField(maximumLength: number, code: RuleCode = 'field.length') {
  return trimmedText
    .check(lengthCheck({ maximumLength, code }))
    .meta({ minLength: 1, pattern: trimmedPattern(characters(1, maximumLength)) });
}

const lineBreaks = /[\t\n\r\u2028\u2029]/g;
const control = /\p{Cc}/u;
/**
 * Letters, digits, punctuation and symbols are seen, but for the ones without ink. What else there is are marks
 * that need a letter, and code points that have no sign.
 */
const seen = /(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}])[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Builds a field for a text printed on the receipt: visible, without control characters, which steer
 * printers. Line breaks and tabs become blanks, and blanks around the text are removed.
 */
export function documentedTextField(maximumLength: number, code: RuleCode = 'field.length') {
  const form = { minLength: 1, pattern: trimmedPattern(characters(1, maximumLength)) };
  const length = { maximumLength, code };
  const documented = z.string().check(({ value, issues }) => {
    const issue = lengthIssue(value.trim(), length);
    if (issue) issues.push(issue);
  });
  return z.codec(z.string(structural).meta(form), documented.meta(form), {
    decode: (written, { issues }) => {
      const trimmed = written.trim();
      if (trimmed.length <= maximumLength && isPlain(trimmed)) return trimmed;
      const value = trimmed.replace(lineBreaks, ' ');
      const tooLong = lengthIssue(value, length);
      if (tooLong) issues.push(tooLong);
      const flaw = flawOf(value);
      if (flaw) issues.push({ code: 'custom', input: value, message: flaw, ...beyondStructure });
      return value;
    },
    encode: (value) => value,
  });
}

const [blank, tilde, firstCyrillic, lastCyrillic] = [0x20, 0x7e, 0x400, 0x52f];
const [firstMark, lastMark] = [0x483, 0x489];

/**
 * Checks whether a trimmed text has only Latin and Cyrillic letters and the usual signs, as most have: all of
 * them are visible.
 */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < blank || (unit > tilde && (unit < firstCyrillic || unit > lastCyrillic))) return false;
    if (unit >= firstMark && unit <= lastMark) return false;
  }
  return text !== '';
}

function flawOf(text: string): RuleCode | null {
  if (control.test(text)) return 'text.control';
  return text === '' || seen.test(text) ? null : 'text.unseen';
}

const wholeNumber = z.number().int().nonnegative();

/** Builds a field for an id that callers send as text or whole number and that is text from here on. */
export function identifierField(maximumLength: number) {
  const text = z
    .string()
    .check(lengthCheck({ maximumLength, code: 'field.length' }))
    .meta({ minLength: 1, maxLength: maximumLength });
  return z.codec(z.union([wholeNumber, textField(maximumLength)], structural), text, {
    decode: String,
    encode: (identifier) => identifier,
  });
}

/**
 * Builds a field for a text in a given form, mostly of digits; blanks around it are removed. The detail
 * describes the form if the rule's message does not.
 */
export function patternField(pattern: RegExp, code: RuleCode, detail?: string) {
  const text =
    detail === undefined
      ? trimmedText.regex(pattern, coded(code))
      : trimmedText.check(
          formCheck({ code, detail, isSound: (value) => pattern.test(value), hasForm: () => false }),
        );
  return text.meta({ pattern: trimmedPattern(coreOf(pattern)) });
}

import { characters } from '../../patterns/characters.js';
import { blanks, trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { formCheck } from './form-check.js';
import { isEmailPlaceholder } from './is-email-placeholder.js';

const maximumEmailLength = 64;

const emailAddress = /^[^\s@"(),:;<>[\\\]]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** Not every engine knows what a letter is: of a national domain the emailForm says only that its letters are not ASCII. */
const domainLabel = '[^\\x00-,./:-@\\[-`{-\\x7f]+';
const emailForm = `[^${blanks}@"(),:;<>\\[\\\\\\]]+@${domainLabel}(?:\\.${domainLabel})+|\\[email[ \u00a0]protected\\]`;
const wholeEmail = new RegExp(`^(?:${emailForm})$`, 'u');

/** An e-mail emailAddress of at most 64 characters (tags 1008 and 1117), national domains included. */
export function emailField(code: RuleCode) {
  return trimmedText.check(formCheck({ code, isSound, hasForm })).meta({
    allOf: [
      { pattern: trimmedPattern(emailForm) },
      { pattern: trimmedPattern(characters(1, maximumEmailLength)) },
    ],
  });
}

function isSound(text: string): boolean {
  return text.length <= maximumEmailLength && (emailAddress.test(text) || isEmailPlaceholder(text));
}

function hasForm(text: string): boolean {
  return (
    text.length <= 2 * maximumEmailLength && [...text].length <= maximumEmailLength && wholeEmail.test(text)
  );
}

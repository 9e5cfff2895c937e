import { characters } from '../../patterns/characters.js';
import { blanks, trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { formCheck } from './form-check.js';
import { isEmailPlaceholder } from './is-email-placeholder.js';

const maximumLength = 64;

const address = /^[^\s@"(),:;<>[\\\]]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** Not every engine knows what a letter is: of a national domain the form says only that its letters are not ASCII. */
const label = '[^\\x00-,./:-@\\[-`{-\\x7f]+';
const form = `[^${blanks}@"(),:;<>\\[\\\\\\]]+@${label}(?:\\.${label})+|\\[email[ \u00a0]protected\\]`;
const wholeForm = new RegExp(`^(?:${form})$`, 'u');

/** An e-mail address of at most 64 characters (tags 1008 and 1117), national domains included. */
export function emailField(code: RuleCode) {
  return trimmedText.check(formCheck({ code, isSound, hasForm })).meta({
    allOf: [{ pattern: trimmedPattern(form) }, { pattern: trimmedPattern(characters(1, maximumLength)) }],
  });
}

function isSound(text: string): boolean {
  return text.length <= maximumLength && (address.test(text) || isEmailPlaceholder(text));
}

function hasForm(text: string): boolean {
  return text.length <= 2 * maximumLength && [...text].length <= maximumLength && wholeForm.test(text);
}

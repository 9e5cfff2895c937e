import { z } from 'zod';
import { characters } from '../../patterns/characters.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';
import { beyondStructure } from '../../structure/beyond-structure.js';
import { lengthIssue } from './length-check.js';

/** Texts of letters, digits and the usual signs, which need no closer look. */
const plain = /^[!-~«»А-яЁё–—№][ -~«»А-яЁё–—№]*$/;

const lineBreak = /[\t\n\r]/;
const lineBreaks = new RegExp(lineBreak, 'g');
const control = /\p{Cc}/u;
const seen = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;

/**
 * A text that stands on the receipt: one that can be seen, without control characters, which steer printers. Line breaks and tabs
 * become blanks, and blanks around the text are removed.
 */
export function printedTextField(maximumLength: number, code: RuleCode = 'field.length') {
  return z
    .string(structural)
    .overwrite(onOneLine)
    .check(({ value, issues }) => {
      if (value.length <= maximumLength && plain.test(value)) return;
      const tooLong = lengthIssue(value, { maximumLength, code });
      if (tooLong) issues.push(tooLong);
      const flaw = flawOf(value);
      if (flaw)
        issues.push({ code: 'custom', input: value, message: flaw, continue: true, ...beyondStructure });
    })
    .meta({ pattern: trimmedPattern(characters(1, maximumLength)) });
}

function onOneLine(text: string): string {
  const trimmed = text.trim();
  return lineBreak.test(trimmed) ? trimmed.replace(lineBreaks, ' ') : trimmed;
}

function flawOf(text: string): RuleCode | null {
  if (control.test(text)) return 'text.control';
  return text === '' || seen.test(text) ? null : 'text.unseen';
}

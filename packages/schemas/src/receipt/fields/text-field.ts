import { characters } from '../../patterns/characters.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { lengthCheck } from './length-check.js';

/** A text of at least one character; blanks around it are removed. */
export function textField(maximumLength: number, code: RuleCode = 'field.length') {
  return trimmedText
    .check(lengthCheck({ maximumLength, code }))
    .meta({ minLength: 1, pattern: trimmedPattern(characters(1, maximumLength)) });
}

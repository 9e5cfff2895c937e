import { characters } from '../../patterns/characters.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { damageCheck } from './damage-check.js';
import { lengthCheck } from './length-check.js';

const maximumLength = 256;

/** A marking label of Uzbekistan, as it was scanned; blanks around it are removed. */
export const labelField = trimmedText
  .check(lengthCheck({ maximumLength, code: 'field.length' }), damageCheck(false))
  .meta({ minLength: 1, pattern: trimmedPattern(characters(1, maximumLength)) });

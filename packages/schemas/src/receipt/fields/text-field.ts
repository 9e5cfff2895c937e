import { z } from 'zod';
import { characters } from '../../patterns/characters.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';
import { lengthCheck } from './length-check.js';

/** A text of at least one character; blanks around it are removed. */
export function textField(maximumLength: number, code: RuleCode = 'field.length') {
  return z
    .string(structural)
    .trim()
    .min(1, coded(code))
    .check(lengthCheck(maximumLength, code))
    .meta({ pattern: trimmedPattern(characters(1, maximumLength)) });
}

import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { formCheck } from './form-check.js';

/** A mark code in the form of a pattern, however its characters are counted; blanks around it are removed. */
export function markField(pattern: string) {
  const inCharacters = new RegExp(`^(?:${pattern})$`, 'u');
  const inUnits = new RegExp(inCharacters.source);
  const hasForm = (text: string) => inCharacters.test(text);
  const isSound = (text: string) => hasForm(text) && inUnits.test(text);
  return trimmedText
    .check(formCheck({ code: 'receipt.position.mark.length', isSound, hasForm }))
    .meta({ pattern: trimmedPattern(pattern) });
}

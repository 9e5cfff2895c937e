import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { damageCheck } from './damage-check.js';
import { formCheck } from './form-check.js';

/** What a mark code looks like. */
interface MarkForm {
  readonly pattern: string;
  /** The same in words: how many characters. */
  readonly limits: string;
  /** Whether the code is one of GS1, whose characters and separator are known. */
  readonly isGs1: boolean;
}

/** A mark code in the form of a pattern, as it was scanned; blanks around it are removed. */
export function markField({ pattern, limits, isGs1 }: MarkForm) {
  const form = new RegExp(`^(?:${pattern})$`, 'u');
  const length = formCheck({
    code: 'receipt.position.mark.length',
    isSound: (text) => form.test(text),
    hasForm: () => false,
    detail: limits,
  });
  return trimmedText.check(length, damageCheck(isGs1)).meta({ pattern: trimmedPattern(pattern) });
}

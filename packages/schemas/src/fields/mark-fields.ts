import type { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure } from '../schema/issue-codes.js';
import { characters, formCheck, lengthCheck, trimmedPattern, trimmedText } from './trimmed-text.js';

/** Form of a mark code. */
interface MarkForm {
  readonly pattern: string;
  /** Number of characters, in words. */
  readonly limits: string;
  /** True for a code of GS1, whose characters and separator are known. */
  readonly isGs1: boolean;
}

/**
 * Builds a field for a mark code in the form of a pattern, as it was scanned; blanks around it are removed.
 */
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

const maximumLabelLength = 256;

/** Marking label of Uzbekistan, as it was scanned; blanks around it are removed. */
export const labelField = trimmedText
  .check(lengthCheck({ maximumLength: maximumLabelLength, code: 'field.length' }), damageCheck(false))
  .meta({ minLength: 1, pattern: trimmedPattern(characters(1, maximumLabelLength)) });

/** Checks a mark code for damage on its way from the scanner. */
function damageCheck(isGs1: boolean): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    const code = markDamage(value, isGs1);
    if (code === null) return;
    issues.push({ code: 'custom', input: value, message: code, continue: true, ...beyondStructure });
  };
}

const separator = '\\x1d';
const separators = '\\x1c-\\x1f';
const endOfTransmission = '\\x04';

/** GS1 identifiers that follow a separator: the tail of a mark and the fields before it. */
const identifier = '(?:9[1-3]|10|11|17|21|240|8005|31\\d\\d|335\\d)';

/** Item number, with which a code begins; a scanner that says so puts a separator before it. */
const itemNumber = '01\\d{14}';
const beginning = `(?=${identifier}|${itemNumber})`;

/**
 * Spellings of the separator U+001D: an escape of JSON, C, XML or a URL, a name, its picture. One that could
 * be part of a code by chance counts only before an identifier. Entities of XML are signs of the code in
 * escapes, and damage of the same kind.
 */
const escapes = [
  '&#(?:0*29|[Xx]0*1[Dd]);',
  '&amp;#',
  '&(?:amp|apos|gt|lt|quot);',
  '\\\\+(?:[Uu]\\{?0*1[Dd]\\}?|[Xx]\\{?0*1[Dd]\\}?|0?35|[Gg][Ss]?(?![A-Za-z]))',
  '[{[]\\s*(?:0[Xx]1[Dd]|[Gg][Ss]|[Ff][Nn][Cc]1?|U\\+001D|1[Dd]|29)\\s*[}\\]]',
  `(?:<(?:0?[Xx]1[Dd]|[Gg][Ss]|FNC1|U\\+001D|1[Dd]|29)>|\\((?:[Gg][Ss]|FNC1)\\))${beginning}`,
  `%(?:25)?1[Dd]${beginning}`,
  '%5[Cc](?:[Uu]00|[Xx])1[Dd]',
  `(?:[Cc][Hh][Rr]\\(29\\)|&[Gg][Ss];|FNC1|U\\+001D|0[Xx]1[Dd]|=1[Dd]|[Uu]001[Dd])${beginning}`,
  `_[Xx]001[Dd]_${beginning}`,
  `\\^\\]${beginning}`,
  '[\u2194\u241d]',
];
const escapedSeparator = new RegExp(escapes.join('|'));

/** Writes the pattern of an identifier in brackets of any kind. */
function bracketed(which: string): string {
  return `(?:\\(\\s*${which}\\s*\\)|\\[\\s*${which}\\s*\\]|\\{\\s*${which}\\s*\\}|<\\s*${which}\\s*>)`;
}

/**
 * Signs outside of the code itself: brackets round identifiers, for human readers, and the three signs by
 * which a scanner names the kind of code. A serial number may have brackets of its own: they count only where
 * an identifier must stand, and round the identifier of a tail where there is no separator.
 */
const forPeople = new RegExp(
  [
    `^[${separators}]?${bracketed('01')}\\s*\\d{14}`,
    `^[${separators}]?\\][A-Za-z]\\d`,
    `^[${separators}]?${itemNumber}\\s*${bracketed(identifier)}`,
    `[${separators}]${bracketed(identifier)}`,
    `^[${separators}]?${itemNumber}21[^${separators}]*${bracketed('9[1-3]')}[^${separators}]*$`,
  ].join('|'),
);

/** Characters of a GS1 code: its 82 signs and the separator. */
const gs1Signs = new RegExp(`^[${separator}!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]*$`);

/** Characters of any code: signs of ASCII and the separators of scanned codes. */
const codeSigns = new RegExp(`^[${endOfTransmission}${separators} -~]*$`);

const gs1Start = new RegExp(`^[${separators}]?01\\s*\\d{14}\\s*21`);
const base64 = /^[A-Za-z0-9+/_-]{20,}={0,2}$/;
const wholeCode = new RegExp(`^[${separators}]?${itemNumber}|${forPeople.source}`);

/**
 * Returns the code of the rule that a damaged mark code breaks; `null` for no visible damage. Registers
 * refuse damaged codes as unknown, and the goods stay in circulation.
 */
function markDamage(text: string, isGs1: boolean): RuleCode | null {
  if (escapedSeparator.test(text) || forPeople.test(text)) return 'receipt.position.mark.separator';
  const signs = isGs1 || gs1Start.test(text) ? gs1Signs : codeSigns;
  if (!signs.test(text)) return 'receipt.position.mark.characters';
  return isGs1 && base64.test(text) ? damageWithin(text) : null;
}

/** Looks into a whole code in Base64, since damage happens before encoding, if at all. */
function damageWithin(text: string): RuleCode | null {
  try {
    const code = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return wholeCode.test(code) ? markDamage(code, true) : null;
  } catch {
    return null;
  }
}

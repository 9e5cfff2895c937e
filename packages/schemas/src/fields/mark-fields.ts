import type { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';
import { beyondStructure } from '../schema/issue-codes.js';
import { characters, formCheck, lengthCheck, trimmedPattern, trimmedText } from './trimmed-text.js';

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

const maximumLabelLength = 256;

/** A marking label of Uzbekistan, as it was scanned; blanks around it are removed. */
export const labelField = trimmedText
  .check(lengthCheck({ maximumLength: maximumLabelLength, code: 'field.length' }), damageCheck(false))
  .meta({ minLength: 1, pattern: trimmedPattern(characters(1, maximumLabelLength)) });

/** Checks that nothing happened to a mark code on its way from the scanner. */
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

/** Identifiers that follow the separator in a code of GS1: the tail of a mark, and what stands before it. */
const identifier = '(?:9[1-3]|10|11|17|21|240|8005|31\\d\\d|335\\d)';

/**
 * The separator U+001D as programs write it: an escape of JSON, C, XML or a URL, a name, its picture. What could be a part of a code
 * by chance is the separator only where an identifier follows.
 */
const escapes = [
  '&#(?:0*29|[Xx]0*1[Dd]);',
  '&amp;#',
  '\\\\+(?:[Uu]\\{?0*1[Dd]\\}?|[Xx]\\{?0*1[Dd]\\}?|0?35|[Gg][Ss]?(?![A-Za-z]))',
  '[{[]\\s*(?:0[Xx]1[Dd]|[Gg][Ss]|[Ff][Nn][Cc]1?|U\\+001D|1[Dd]|29)\\s*[}\\]]',
  `(?:<(?:0?[Xx]1[Dd]|[Gg][Ss]|FNC1|U\\+001D|1[Dd]|29)>|\\((?:[Gg][Ss]|FNC1)\\))(?=${identifier})`,
  `%(?:25)?1[Dd](?=${identifier})`,
  '%5[Cc](?:[Uu]00|[Xx])1[Dd]',
  `(?:[Cc][Hh][Rr]\\(29\\)|&[Gg][Ss];|FNC1|U\\+001D|0[Xx]1[Dd]|=1[Dd])(?=${identifier})`,
  `_[Xx]001[Dd]_(?=${identifier})`,
  `\\^\\](?=${identifier})`,
  '[\u2194\u241d]',
];
const escapedSeparator = new RegExp(escapes.join('|'));

/** An identifier in brackets of any kind. */
function bracketed(which: string): string {
  return `(?:\\(\\s*${which}\\s*\\)|\\[\\s*${which}\\s*\\]|\\{\\s*${which}\\s*\\}|<\\s*${which}\\s*>)`;
}

/**
 * Brackets round identifiers are printed for people, the first three signs are what a scanner says of itself; neither is in the code.
 * A serial number may have brackets: they are none where an identifier must stand, and round that of a tail where no separator is.
 */
const forPeople = new RegExp(
  [
    `^${bracketed('01')}\\s*\\d{14}`,
    '^\\][A-Za-z]\\d',
    `^01\\d{14}\\s*${bracketed(identifier)}`,
    `[${separators}]${bracketed(identifier)}`,
    `^01\\d{14}21[^${separators}]*${bracketed('9[1-3]')}[^${separators}]*$`,
  ].join('|'),
);

/** What a code of GS1 is made of: its 82 signs and the separator. */
const gs1Signs = new RegExp(`^[${separator}!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]*$`);

/** What any code is made of: signs of ASCII, and the separators of scanned codes. */
const codeSigns = new RegExp(`^[${endOfTransmission}${separators} -~]*$`);

const gs1Start = /^01\d{14}21/;
const base64 = /^[A-Za-z0-9+/_-]{20,}={0,2}$/;
const wholeCode = new RegExp(`^[${separators}]?01\\d{14}|${forPeople.source}`);

/**
 * What happened to a mark code on its way from the scanner, as the code of a rule; `null` for nothing that shows. Damaged codes are
 * refused by registers as unknown, and the goods stay in circulation.
 */
function markDamage(text: string, isGs1: boolean): RuleCode | null {
  if (escapedSeparator.test(text) || forPeople.test(text)) return 'receipt.position.mark.separator';
  const signs = isGs1 || gs1Start.test(text) ? gs1Signs : codeSigns;
  if (!signs.test(text)) return 'receipt.position.mark.characters';
  return isGs1 && base64.test(text) ? damageWithin(text) : null;
}

/** A whole code in Base64 was damaged before it was encoded, if at all. */
function damageWithin(text: string): RuleCode | null {
  try {
    const code = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return wholeCode.test(code) ? markDamage(code, true) : null;
  } catch {
    return null;
  }
}

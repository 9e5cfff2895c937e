/** Run of digits of a name, with what precedes it. */
interface DigitGroup {
  readonly digits: string;
  /** Signs before the number: `.` in `1.5`, `-` in `лист -5`. `null` if one is replaced. */
  readonly signs: string | null;
  /** Whether it continues the number of the group before: `5` in `1.5`, `000` in `1 000`. */
  readonly isOfOneNumber: boolean;
}

const replacement = /[?\ufffd□■▯]/;
/** Blanks, quotes and brackets, which software rewrites. */
const folded = /[\s"'«»“”„‘’()[\]]/g;
const dashes = /[\u2010-\u2015\u2212]/g;
/** Characters outside CP866, as far as they may stand in or beside a number. */
const lacking = /[^\x20-\x7eА-Яа-яЁёЄєЇїЎў№]/gu;

/**
 * Whether a shown name has our numbers: no register rewrites a digit, or a sign between digits. A name may be
 * cut after a number, not in it. Characters outside CP866 may have become a blank or nothing.
 */
export function hasNumbersOf(ours: string, shown: string): boolean {
  const { groups, rest } = numbersOf(shown);
  const mayBeTorn = groups.length > 0 && !/\p{L}/u.test(rest);
  return [ours, ours.replaceAll(lacking, ' '), ours.replaceAll(lacking, '')].some((variant) => {
    const expected = numbersOf(variant).groups;
    const isTorn = mayBeTorn && expected[groups.length]?.isOfOneNumber === true;
    return !isTorn && groups.every((group, place) => isGroup(expected[place], group));
  });
}

function isGroup(ours: DigitGroup | undefined, shown: DigitGroup): boolean {
  if (ours?.digits !== shown.digits) return false;
  return ours.signs === null || shown.signs === null || ours.signs === shown.signs;
}

/** Returns the groups of a name, and the text after the last. */
function numbersOf(name: string): { groups: DigitGroup[]; rest: string } {
  const plain = name.normalize('NFKD').replaceAll(dashes, '-');
  const groups: DigitGroup[] = [];
  let end = 0;
  for (const { 0: digits, index } of plain.matchAll(/\d+/g)) {
    const before = plain.slice(end, index);
    const isJoined = end > 0 && !/\p{L}/u.test(before);
    const signs = isJoined ? before : ownSign(before);
    const isReplaced = replacement.test(signs);
    groups.push({
      digits,
      signs: isReplaced ? null : signs.replaceAll(folded, ''),
      isOfOneNumber: isJoined && (before === ' ' || !/\s/.test(before)),
    });
    end = index + digits.length;
  }
  return { groups, rest: plain.slice(end) };
}

/** Returns the sign of a number, which follows no word: there it would be a hyphen. */
function ownSign(before: string): string {
  const last = before.at(-1) ?? '';
  return /[-+?]/.test(last) && !/[\p{L}\p{N}]/u.test(before.at(-2) ?? '') ? last : '';
}

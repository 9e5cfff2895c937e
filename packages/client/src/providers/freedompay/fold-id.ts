/** How two ids of a payment relate: the same text, the same up to spelling, the same once digits are lost, or not the same. */
export type IdRelation = 'exact' | 'folded' | 'near' | 'other';

/** An id as every spelling of it has it: without blanks, letter case and the zeros before a number. */
export function foldId(id: string): string {
  const plain = id.normalize('NFKC').replaceAll(blanks, '').toLowerCase();
  const [, digits] = /^\+?(\d+)(?:\.0*)?$/.exec(plain) ?? [];
  return digits === undefined ? plain : withoutZeros(digits);
}

/** An id that a provider shows, as every spelling of it has it. */
export function foldShownId(shown: string): string {
  return foldId(writtenOut(shown));
}

/** Compares our id with one that a provider shows. */
export function relateIds(ours: string, shown: string): IdRelation {
  if (ours === shown) return 'exact';
  if (foldId(ours) === foldId(shown)) return 'folded';
  return relateFolded(foldId(ours), foldShownId(shown));
}

/** Compares two ids that are folded. */
export function relateFolded(ours: string, shown: string): Exclude<IdRelation, 'exact'> {
  if (ours === shown) return 'folded';
  return isLong(ours) && isLong(shown) && Number(ours) === Number(shown) ? 'near' : 'other';
}

/**
 * Whether a shown id is ours with something around it or other signs in it (`"123-456"`), or a part of ours: as a search by a part
 * of the text has it.
 */
export function isAffixed(ours: string, shown: string): boolean {
  const folded = withoutSigns(foldId(ours));
  const other = withoutSigns(foldId(shown));
  if (folded === other) return folded !== '';
  if (Math.min(folded.length, other.length) < leastPart) return false;
  return other.includes(folded) || folded.startsWith(other) || folded.endsWith(other);
}

/** The spellings that a provider may file our id under: as sent, and as a number has it. */
export function spellingsOf(id: string): string[] {
  return Array.from(new Set([id, foldId(id)]));
}

/** Other ids that may stand for the same payment with a provider that folds them: as a shop would write them. */
export function twinsOf(id: string): string[] {
  const folded = foldId(id);
  const spellings = /^\d+$/.test(folded)
    ? Array.from({ length: mostZeros + 1 }, (_, zeros) => '0'.repeat(zeros) + folded)
    : [folded, folded.toUpperCase()];
  return spellings.filter((spelling) => spelling !== id);
}

/** Whether every system writes this id alike: a number without leading zeros that a double can hold. */
export function isPlainNumber(id: string): boolean {
  return /^(?:0|[1-9]\d{0,14})$/.test(id);
}

const mostZeros = 6;
/** Shorter ids begin and end many others. */
const leastPart = 4;
const blanks = /[\s\u200b-\u200d\u2060\ufeff]+/g;

function withoutSigns(id: string): string {
  return id.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function withoutZeros(digits: string): string {
  let start = 0;
  while (digits[start] === '0' && start < digits.length - 1) start += 1;
  return digits.slice(start);
}

/** Beyond 2^53 neighbours become the same double. */
function isLong(digits: string): boolean {
  return /^\d{16,40}$/.test(digits);
}

/** A number that was written with an exponent, `1.23e5`, as its digits. */
function writtenOut(shown: string): string {
  const [, whole, fraction = '', power] =
    /^(\d{1,40})(?:\.(\d{1,40}))?e\+?(\d{1,2})$/i.exec(shown.trim()) ?? [];
  const zeros = Number(power) - fraction.length;
  return whole === undefined || zeros < 0 ? shown : whole + fraction + '0'.repeat(zeros);
}

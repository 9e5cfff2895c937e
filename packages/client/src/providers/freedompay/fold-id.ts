/** Relation of two ids of a payment: equal, equal up to spelling, equal up to lost digits, different. */
export type IdRelation = 'exact' | 'folded' | 'near' | 'other';

/** Folds an id: removes blanks, letter case and the zeros before a number. */
export function foldId(id: string): string {
  const plain = id.normalize('NFKC').replaceAll(blanks, '').toLowerCase();
  const [, digits] = /^\+?(\d+)(?:\.0*)?$/.exec(plain) ?? [];
  return digits === undefined ? plain : withoutZeros(digits);
}

/** Two readings of an id: folded as it is, and as the number that it may be. */
export interface IdReadings {
  readonly folded: string;
  readonly writtenOut: string;
}

/** Returns both readings of an id. */
export function readId(id: string): IdReadings {
  const folded = foldId(id);
  const number = writtenOut(id);
  return { folded, writtenOut: number === id ? folded : foldId(number) };
}

/** Compares our id with one that a provider shows. */
export function relateIds(ours: string, shown: string): IdRelation {
  return ours === shown ? 'exact' : relateReadings(readId(ours), readId(shown));
}

/**
 * Compares the readings of our id with those of a shown one. A provider that takes `4821e07` for a number may
 * have meant ours, or another payment's.
 */
export function relateReadings(ours: IdReadings, shown: IdReadings): Exclude<IdRelation, 'exact'> {
  if (ours.folded === shown.folded || ours.folded === shown.writtenOut) return 'folded';
  const [number, other] = [ours.writtenOut, shown.writtenOut];
  return number === other || (isLong(number) && isLong(other) && Number(number) === Number(other))
    ? 'near'
    : 'other';
}

/**
 * Whether a shown id is ours with something around or other signs in it (`"123-456"`), or a part of ours: as
 * by a search for a part of the text.
 */
export function isAffixed(ours: string, shown: string): boolean {
  const folded = withoutSigns(foldId(ours));
  const other = withoutSigns(foldId(shown));
  if (folded === other) return folded !== '';
  if (Math.min(folded.length, other.length) < leastPart) return false;
  return other.includes(folded) || folded.startsWith(other) || folded.endsWith(other);
}

/** Returns the spellings under which a provider may store our id: as sent, and as a number. */
export function spellingsOf(id: string): string[] {
  return Array.from(new Set([id, foldId(id)]));
}

/** Returns other ids, as shops write them, that a provider which folds ids takes for the same payment. */
export function twinsOf(id: string): string[] {
  const folded = foldId(id);
  const spellings = /^\d+$/.test(folded)
    ? Array.from({ length: mostZeros + 1 }, (_, zeros) => '0'.repeat(zeros) + folded)
    : [folded, folded.toUpperCase()];
  return spellings.filter((spelling) => spelling !== id);
}

/** Whether every system writes an id alike: a number without leading zeros that a double can hold. */
export function isPlainNumber(id: string): boolean {
  return /^(?:0|[1-9]\d{0,14})$/.test(id);
}

const mostZeros = 6;
/** Least length of a part; shorter ids begin and end many others. */
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

/** Whether a number is beyond 2^53, where neighbours become the same double. */
function isLong(digits: string): boolean {
  return /^\d{16,40}$/.test(digits);
}

/**
 * Writes out the digits of a number with an exponent, `1.23e5`. Some systems print six decimals, `1.230000e+05`,
 * or three digits of the exponent.
 */
function writtenOut(shown: string): string {
  const [, whole, fraction = '', power] =
    /^(\d{1,40})(?:\.(\d{0,40}?)0*)?e\+?0{0,40}(\d{1,2})$/i.exec(shown.trim()) ?? [];
  const zeros = Number(power) - fraction.length;
  return whole === undefined || zeros < 0 ? shown : whole + fraction + '0'.repeat(zeros);
}

/** What `trim` takes away, spelt out for use between brackets: engines of regular expressions differ in what `\s` is. */
export const blanks = '\\t-\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Any character that `trim` leaves where it is. */
export const solid = `[^${blanks}]`;

/** Writes the pattern of a text that has the form of `core` once the blanks around it are gone. */
export function trimmedPattern(core: string): string {
  return `^[${blanks}]*(?:${core})[${blanks}]*$`;
}

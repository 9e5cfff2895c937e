/** Guesses are slowed down per address, but a key of a few letters is no key. */
const shortest = 8;
const usable = /^[\x21-\x7e]{1,512}$/;

/** What is wrong with a key that callers are to send as `Authorization: Bearer`; `null` when nothing is. */
export function keyFault(key: string): string | null {
  if (!usable.test(key)) return 'must be 8 to 512 printable ASCII characters without blanks';
  if (key.length >= shortest) return null;
  return `is too short for a key: ${shortest} characters at least; fiscalkit-gateway new-key makes one`;
}

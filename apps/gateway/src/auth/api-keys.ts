import { createHash, randomBytes } from 'node:crypto';

/** Makes a key that nobody can guess: 256 random bits behind a prefix that tools which look for lost secrets can recognise. */
export function createKey(): string {
  return `fiscalkit_${randomBytes(32).toString('base64url')}`;
}

/**
 * The hash that stands for a key in the configuration: `sha256:` and 64 hexadecimal digits. One round without salt is right for
 * keys, unlike passwords: they are random and too long to be tried.
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** Guesses are slowed down per address, but a key of a few letters is no key. */
const shortest = 8;
const usable = /^[\x21-\x7e]{1,512}$/;

/** What is wrong with a key that callers are to send as `Authorization: Bearer`; `null` when nothing is. */
export function keyFault(key: string): string | null {
  if (!usable.test(key)) return 'must be 8 to 512 printable ASCII characters without blanks';
  if (key.length >= shortest) return null;
  return `is too short for a key: ${shortest} characters at least; fiscalkit-gateway new-key makes one`;
}

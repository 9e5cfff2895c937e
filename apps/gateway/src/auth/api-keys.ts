import { createHash, randomBytes } from 'node:crypto';
import { FiscalError } from '@fiscalkit/schemas';

/** Creates a random key: 256 bits behind a prefix that secret scanners can recognise. */
export function createKey(): string {
  return `fiscalkit_${randomBytes(32).toString('base64url')}`;
}

/**
 * Returns the hash that stands for a key in the configuration: `sha256:` and 64 hexadecimal digits. One round
 * without salt is right for keys, unlike passwords: they are random and too long to be tried.
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** Least length of a key: guesses are throttled per address, but a few letters are no key. */
const shortest = 8;
const usable = /^[\x21-\x7e]{1,512}$/;

/** Returns what is wrong with a key to send as `Authorization: Bearer`; `null` if nothing is. */
export function keyFault(key: string): string | null {
  if (!usable.test(key)) return 'must be 8 to 512 printable ASCII characters without blanks';
  if (key.length >= shortest) return null;
  return `is too short for a key: ${shortest} characters at least; fiscalkit-gateway new-key makes one`;
}

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

/** Returns the key in `Authorization: Bearer`. Throws `access.key.missing` or `access.key.invalid`. */
export function bearerKey(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw new FiscalError({
      code: 'access.key.missing',
      message: 'The request has no Authorization: Bearer.',
      retryable: false,
    });
  }
  return bearer.exec(authorization)?.[1] ?? unknownKey();
}

/** Throws the error for an unknown key. */
export function unknownKey(): never {
  throw new FiscalError({
    code: 'access.key.invalid',
    message: 'The API key is not known.',
    retryable: false,
  });
}

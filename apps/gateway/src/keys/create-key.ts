import { randomBytes } from 'node:crypto';

/** Makes a key that nobody can guess: 256 random bits behind a prefix that tools which look for lost secrets can recognise. */
export function createKey(): string {
  return `fiscalkit_${randomBytes(32).toString('base64url')}`;
}

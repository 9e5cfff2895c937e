import { createHash } from 'node:crypto';

/**
 * The hash that stands for a key in the configuration: `sha256:` and 64 hexadecimal digits. One round without salt is right for
 * keys, unlike passwords: they are random and too long to be tried.
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

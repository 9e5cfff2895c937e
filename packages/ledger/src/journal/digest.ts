import { hash } from 'node:crypto';

/** SHA-256 of the bytes, or of the text as UTF-8, in lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  return hash('sha256', content);
}

import type { KeyObject } from 'node:crypto';
import { encodeBase64Url } from './base64url.js';
import { hmacSha512 } from './hmac-sha512.js';

/** Signs a body under a header that is encoded already, and writes the detached token. */
export function signWithHeader(encodedHeader: string, body: Uint8Array, key: KeyObject | string): string {
  const signature = hmacSha512(key, encodedHeader, encodeBase64Url(body)).digest('base64url');
  return `${encodedHeader}..${signature}`;
}

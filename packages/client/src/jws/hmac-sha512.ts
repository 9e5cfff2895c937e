import { createHmac, type Hmac, type KeyObject } from 'node:crypto';

/** HMAC-SHA512 of a JWS signing input (RFC 7515 section 5.1); the key is the UTF-8 text of the merchant's secret. */
export function hmacSha512(key: KeyObject | string, encodedHeader: string, encodedPayload: string): Hmac {
  return createHmac('sha512', key).update(`${encodedHeader}.${encodedPayload}`);
}

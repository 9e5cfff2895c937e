import { createHmac } from 'node:crypto';

/** HMAC-SHA512 of a JWS signing input (RFC 7515 section 5.1); the key is the UTF-8 text of the merchant's secret. */
export function hmacSha512(secretKey: string, encodedHeader: string, encodedPayload: string): Buffer {
  return createHmac('sha512', secretKey).update(`${encodedHeader}.${encodedPayload}`).digest();
}

import { createHmac, type Hmac, type KeyObject } from 'node:crypto';

/** Encodes bytes as base64url without padding (RFC 4648 section 5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('base64url');
}

/**
 * Decodes base64url strictly: only the URL-safe alphabet, no padding, no stray trailing bits. Returns `null`
 * for anything else, so that every value has exactly one accepted spelling.
 */
export function decodeBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

/** Returns the HMAC-SHA512 of a JWS signing input (RFC 7515 section 5.1), keyed by the secret in UTF-8. */
export function hmacSha512(key: KeyObject | string, encodedHeader: string, encodedPayload: string): Hmac {
  return createHmac('sha512', key).update(`${encodedHeader}.${encodedPayload}`);
}

import { hash } from 'node:crypto';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';

/** SHA-256 of the bytes, or of the text as UTF-8, in lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  return hash('sha256', content);
}

/** SHA-256, in hex, of a value as it comes back from storage: of the canonical JSON of its JSON. */
export function jsonDigest(value: object): string {
  return parsedJsonDigest(JSON.parse(JSON.stringify(value)));
}

/** The same of a value that has come back from storage. */
export function parsedJsonDigest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import { sha256Hex } from './sha256-hex.js';

/** SHA-256, in hex, of a value as it comes back from storage: of the canonical JSON of its JSON. */
export function jsonDigest(value: object): string {
  return parsedJsonDigest(JSON.parse(JSON.stringify(value)));
}

/** The same of a value that has come back from storage. */
export function parsedJsonDigest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

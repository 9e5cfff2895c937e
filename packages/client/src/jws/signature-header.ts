import { decodeBase64Url } from './base64url.js';

/** What a signature header claims, as far as it can be read; `null` where a member is missing or of another type. */
export interface SignatureHeader {
  readonly algorithm: string | null;
  readonly merchantId: string | null;
  readonly method: string | null;
  /** Every path that the header names: `uri`, `path`, or both. */
  readonly paths: readonly unknown[];
  readonly params: string | null;
}

/** Reads the encoded protected header; `null` when it is not base64url of a UTF-8 JSON object, or asks for extensions. */
export function readSignatureHeader(encoded: string): SignatureHeader | null {
  const members = parseMembers(encoded);
  // `crit` lists extensions that must be understood (RFC 7515 section 4.1.11); there are none here.
  if (members === null || 'crit' in members) {
    return null;
  }
  return {
    algorithm: textOrNull(members.alg),
    merchantId: merchantIdOf(members.merchant_id),
    method: textOrNull(members.method),
    paths: [members.uri, members.path].filter((path) => path !== undefined),
    params: textOrNull(members.params),
  };
}

function parseMembers(encoded: string): Record<string, unknown> | null {
  const bytes = decodeBase64Url(encoded);
  if (bytes === null) {
    return null;
  }
  try {
    const members: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof members === 'object' && members !== null && !Array.isArray(members) ? { ...members } : null;
  } catch {
    return null;
  }
}

/** The published samples carry the id as text and as a number. */
function merchantIdOf(value: unknown): string | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  }
  return typeof value === 'string' && value !== '' ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

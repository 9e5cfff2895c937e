import { readStrictJson } from '@fiscalkit/schemas';
import { decodeBase64Url } from './base64url.js';

const deepestHeader = 8;
/** What may name a request: 1 to 128 visible ASCII characters. */
const requestIdForm = /^[\x21-\x7e]{1,128}$/;
/** The last second that a `Date` can hold. */
const lastSecond = 8_640_000_000_000;

/** What a signature header claims, as far as it can be read; `null` where a member is missing or of another type. */
export interface SignatureHeader {
  readonly algorithm: string | null;
  readonly merchantId: string | null;
  readonly method: string | null;
  /** Every path that the header names: `uri`, `path`, or both. */
  readonly paths: readonly unknown[];
  readonly params: string | null;
  /** `request_id`. */
  readonly requestId: string | null;
  /** `iat`, seconds since 1970 (RFC 7519 section 4.1.6). */
  readonly issuedAt: Date | null;
  /** `idempotency_key`; `undefined` when the header has none. */
  readonly idempotencyKey: string | null | undefined;
}

/**
 * Reads the encoded protected header; `null` when it is not base64url of a UTF-8 JSON object, names a member twice (RFC 7515
 * section 4), or asks for extensions.
 */
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
    requestId: requestIdOf(members.request_id),
    issuedAt: instantOf(members.iat),
    idempotencyKey: members.idempotency_key === undefined ? undefined : textOrNull(members.idempotency_key),
  };
}

function parseMembers(encoded: string): Record<string, unknown> | null {
  const bytes = decodeBase64Url(encoded);
  const reading = bytes === null ? null : readStrictJson(bytes, deepestHeader);
  if (!reading?.ok) {
    return null;
  }
  const { value } = reading;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** The published samples carry the id as text and as a number. */
function merchantIdOf(value: unknown): string | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  }
  return typeof value === 'string' && value !== '' ? value : null;
}

function requestIdOf(value: unknown): string | null {
  return typeof value === 'string' && requestIdForm.test(value) ? value : null;
}

function instantOf(value: unknown): Date | null {
  return typeof value === 'number' && value >= 0 && value <= lastSecond ? new Date(value * 1000) : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

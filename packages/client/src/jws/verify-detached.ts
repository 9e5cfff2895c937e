import { timingSafeEqual } from 'node:crypto';
import { readStrictJson } from '@fiscalkit/schemas';
import { decodeBase64Url, encodeBase64Url, hmacSha512 } from './encoding.js';
import { refuse, type SignatureCheck, type SignatureFault } from './signature-check.js';

const longestHeader = 4096;
/** Length of an HMAC-SHA512 in bytes. */
const signatureLength = 64;
/** Key for unknown merchants, whose check must take as long as that of known ones. */
const nobodysSecret = 'nobody';

/** Signature and the request that it came with. */
export interface DetachedVerification {
  /** Value of `X-JWS-Signature`. */
  readonly token: string;
  /** Bytes of the body as received. */
  readonly body: Uint8Array;
  readonly method: string;
  /** Path of the request without its query. */
  readonly path: string;
  /** Raw query as received, without the question mark. */
  readonly query?: string;
  /** Returns the secret of a merchant; `null` for an unknown one. */
  readonly secretOf: (merchantId: string) => string | null;
}

/**
 * Verifies an `X-JWS-Signature` against the request that carried it. Accepts the header text as received,
 * `uri` or `path`, a textual or numeric `merchant_id`, `params` empty or the raw query; HS512 alone. Accepts
 * a complete compact JWS, too, if its payload is the body. Claims of the header are read only after the
 * signature holds.
 */
export function verifyDetached(verification: DetachedVerification): SignatureCheck {
  const [encodedHeader, encodedPayload, encodedSignature, surplus] = verification.token.split('.', 4);
  if (!encodedHeader || encodedHeader.length > longestHeader || surplus !== undefined) {
    return refuse('signature.malformed');
  }
  const header = readSignatureHeader(encodedHeader);
  if (header !== null && header.algorithm !== 'HS512') {
    return refuse('signature.algorithm');
  }
  const signature = decodeSignature(encodedSignature);
  // An unreadable key must not be taken for none.
  if (header === null || signature === null || header.idempotencyKey === null) {
    return refuse('signature.malformed');
  }
  const body = encodeBase64Url(verification.body);
  const secret = header.merchantId === null ? null : verification.secretOf(header.merchantId) || null;
  const expected = hmacSha512(secret ?? nobodysSecret, encodedHeader, body).digest();
  const holds = timingSafeEqual(expected, signature);
  if (header.merchantId === null || secret === null) {
    return refuse('signature.merchant');
  }
  if (!holds || (encodedPayload !== '' && encodedPayload !== body)) {
    return refuse('signature.mismatch');
  }
  const fault = faultOfClaims(header, verification);
  return fault === null ? accept(header.merchantId, header) : refuse(fault);
}

function accept(
  merchantId: string,
  { requestId, issuedAt, idempotencyKey }: SignatureHeader,
): SignatureCheck {
  return {
    ok: true,
    merchantId,
    ...(requestId !== null && { requestId }),
    ...(issuedAt !== null && { issuedAt }),
    ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
  };
}

function decodeSignature(encoded: string | undefined): Buffer | null {
  const signature = encoded === undefined ? null : decodeBase64Url(encoded);
  return signature?.length === signatureLength ? signature : null;
}

function faultOfClaims(header: SignatureHeader, verification: DetachedVerification): SignatureFault | null {
  if (header.method !== verification.method) {
    return 'signature.method';
  }
  if (header.paths.length === 0 || header.paths.some((path) => path !== verification.path)) {
    return 'signature.path';
  }
  const takenParams = ['', verification.query ?? ''];
  return header.params !== null && takenParams.includes(header.params) ? null : 'signature.params';
}

const deepestHeader = 8;
/** Form of the id of a request: 1 to 128 visible ASCII characters. */
const requestIdForm = /^[\x21-\x7e]{1,128}$/;
/** Last second that a `Date` can hold. */
const lastSecond = 8_640_000_000_000;

/** Claims of a signature header, as far as readable; `null` for a missing member or another type. */
export interface SignatureHeader {
  readonly algorithm: string | null;
  readonly merchantId: string | null;
  readonly method: string | null;
  /** Every path in the header: `uri`, `path`, or both. */
  readonly paths: readonly unknown[];
  readonly params: string | null;
  /** `request_id`. */
  readonly requestId: string | null;
  /** `iat`, seconds since 1970 (RFC 7519 section 4.1.6). */
  readonly issuedAt: Date | null;
  /** `idempotency_key`; `undefined` if the header has none. */
  readonly idempotencyKey: string | null | undefined;
}

/**
 * Decodes the protected header; returns `null` if it is not base64url of a UTF-8 JSON object, names a member
 * twice (RFC 7515 section 4), or requires extensions.
 */
function readSignatureHeader(encoded: string): SignatureHeader | null {
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

/** Returns the merchant's id, which published samples contain as text and as a number. */
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

import { timingSafeEqual } from 'node:crypto';
import { decodeBase64Url, encodeBase64Url } from './base64url.js';
import { hmacSha512 } from './hmac-sha512.js';
import { refuse, type SignatureCheck, type SignatureFault } from './signature-check.js';
import { readSignatureHeader, type SignatureHeader } from './signature-header.js';

const longestHeader = 4096;
/** Bytes of an HMAC-SHA512. */
const signatureLength = 64;
/** Signs for merchants that do not exist, so that they take as long as those that do. */
const nobodysSecret = 'nobody';

/** A signature and the request that it came with. */
export interface DetachedVerification {
  /** Value of `X-JWS-Signature`. */
  readonly token: string;
  /** The bytes of the body as received. */
  readonly body: Uint8Array;
  readonly method: string;
  /** Path of the request without its query. */
  readonly path: string;
  /** The raw query as received, without the question mark. */
  readonly query?: string;
  /** The secret of a merchant, or `null` for an unknown one. */
  readonly secretOf: (merchantId: string) => string | null;
}

/**
 * Verifies an `X-JWS-Signature` against the request that carried it. Takes the header text as received, `uri` or `path`, a
 * textual or numeric `merchant_id`, `params` empty or the raw query; HS512 alone. A complete compact JWS is taken too when
 * its payload is the body. What the header claims is looked at only after the signature holds.
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
  // A key that can't be read must not be taken for none.
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

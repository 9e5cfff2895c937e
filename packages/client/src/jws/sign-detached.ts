import type { KeyObject } from 'node:crypto';
import { encodeBase64Url, hmacSha512 } from './encoding.js';

/** Signed parts of a request, and its merchant. */
export interface DetachedSigning extends SignatureClaims {
  /** Exact bytes of the body; empty for a request without one. */
  readonly body: Uint8Array;
  readonly secretKey: string;
}

/** Signs a request for `X-JWS-Signature`: a JWS with HS512, detached as in RFC 7515 appendix F. */
export function signDetached(signing: DetachedSigning): string {
  return signWithHeader(encodeSignatureHeader(signing), signing.body, signing.secretKey);
}

/** Signs a body under an encoded header; returns the detached token. */
export function signWithHeader(encodedHeader: string, body: Uint8Array, key: KeyObject | string): string {
  const signature = hmacSha512(key, encodedHeader, encodeBase64Url(body)).digest('base64url');
  return `${encodedHeader}..${signature}`;
}

/** Claims of a signature about its request, besides the body. */
export interface SignatureClaims {
  /** Path of the request with its leading slash, without host and query. */
  readonly path: string;
  /** HTTP method in upper case. */
  readonly method: string;
  readonly merchantId: string;
  /** The header's `params`; empty in every published sample. */
  readonly params?: string;
  /** The header's `request_id`, for a replay window: 1 to 128 visible ASCII characters, new each time. */
  readonly requestId?: string;
  /** The header's `idempotency_key`: a fiscalkit gateway then takes the request under no other key. */
  readonly idempotencyKey?: string;
  /** The header's `iat`, in whole seconds, for a receiver with a replay window. */
  readonly issuedAt?: Date;
}

/** Encodes the protected header: the members that FreedomPay's merchant page prints, in its order. */
export function encodeSignatureHeader(claims: SignatureClaims): string {
  const { path, method, merchantId, params = '', requestId, issuedAt, idempotencyKey } = claims;
  const header = {
    uri: path,
    merchant_id: merchantId,
    method,
    params,
    ...(requestId !== undefined && { request_id: requestId }),
    ...(issuedAt !== undefined && { iat: Math.floor(issuedAt.getTime() / 1000) }),
    ...(idempotencyKey !== undefined && { idempotency_key: idempotencyKey }),
    alg: 'HS512',
  };
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}

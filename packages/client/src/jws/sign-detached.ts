import { encodeBase64Url } from './base64url.js';
import { hmacSha512 } from './hmac-sha512.js';

/** What is signed, and for whom. */
export interface DetachedSigning {
  /** The exact bytes of the body; empty for a request without one. */
  readonly body: Uint8Array;
  /** Path of the request with its leading slash, without host and query. */
  readonly path: string;
  /** HTTP method in upper case. */
  readonly method: string;
  readonly merchantId: string;
  readonly secretKey: string;
  /** The header's `params`; empty in every published sample. */
  readonly params?: string;
  /** The header's `request_id`, for a receiver with a replay window: 1 to 128 visible ASCII characters, new for every request. */
  readonly requestId?: string;
  /** The header's `iat`, in whole seconds, for a receiver with a replay window. */
  readonly issuedAt?: Date;
}

/**
 * Signs a request for `X-JWS-Signature`: a compact JWS with HS512 whose payload part is left out (`header..signature`,
 * RFC 7515 appendix F). The header carries the members that FreedomPay's merchant page prints, in its order.
 */
export function signDetached(signing: DetachedSigning): string {
  const { body, path, method, merchantId, secretKey, params = '', requestId, issuedAt } = signing;
  const header = {
    uri: path,
    merchant_id: merchantId,
    method,
    params,
    ...(requestId !== undefined && { request_id: requestId }),
    ...(issuedAt !== undefined && { iat: Math.floor(issuedAt.getTime() / 1000) }),
    alg: 'HS512',
  };
  const encodedHeader = encodeBase64Url(new TextEncoder().encode(JSON.stringify(header)));
  const signature = hmacSha512(secretKey, encodedHeader, encodeBase64Url(body));
  return `${encodedHeader}..${signature.toString('base64url')}`;
}

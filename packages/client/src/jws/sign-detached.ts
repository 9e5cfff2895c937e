import { encodeSignatureHeader, type SignatureClaims } from './encode-signature-header.js';
import { signWithHeader } from './sign-with-header.js';

/** What is signed, and for whom. */
export interface DetachedSigning extends SignatureClaims {
  /** The exact bytes of the body; empty for a request without one. */
  readonly body: Uint8Array;
  readonly secretKey: string;
}

/**
 * Signs a request for `X-JWS-Signature`: a compact JWS with HS512 whose payload part is left out (`header..signature`,
 * RFC 7515 appendix F).
 */
export function signDetached(signing: DetachedSigning): string {
  return signWithHeader(encodeSignatureHeader(signing), signing.body, signing.secretKey);
}

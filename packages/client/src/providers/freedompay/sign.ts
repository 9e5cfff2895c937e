import { createSecretKey, randomUUID } from 'node:crypto';
import { encodeSignatureHeader, signWithHeader } from '../../jws/sign-detached.js';
import type { FreedompaySettings } from './settings.js';

/** Signed parts of a request, besides the body. */
export interface SignedContent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Raw query without the question mark; empty for none. */
  readonly query: string;
}

/** Signs the body of one request. */
export type SignBody = (body: Uint8Array) => string;

/**
 * Creates the function that signs a merchant's requests; the secret key stays in its closure. Its result for
 * a method and a path signs any number of bodies: the header, which is the same each time, is encoded once.
 */
export function createSigner(
  settings: Pick<FreedompaySettings, 'merchantId' | 'secretKey' | 'getParams' | 'replayProof' | 'clock'>,
): (parts: SignedContent) => SignBody {
  const {
    merchantId,
    secretKey,
    getParams = 'empty',
    replayProof = false,
    clock = () => new Date(),
  } = settings;
  const key = createSecretKey(secretKey, 'utf8');
  return ({ method, path, query }) => {
    const claims = { method, path, merchantId, params: getParams === 'query' ? query : '' };
    if (replayProof) {
      return (body) => {
        const unique = { ...claims, requestId: randomUUID(), issuedAt: clock() };
        return signWithHeader(encodeSignatureHeader(unique), body, key);
      };
    }
    const encodedHeader = encodeSignatureHeader(claims);
    return (body) => signWithHeader(encodedHeader, body, key);
  };
}

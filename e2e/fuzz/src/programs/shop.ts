import { signRequest } from '@fiscalkit/testing';

/** API key of the demo's merchant. */
const apiKey = 'demo-api-key';

/** Administrator key of the gateways that are fuzzed. */
export const adminKey = 'fuzz-administrator-key-0123456789abcdef';

/** Content that `X-JWS-Signature` signs. */
export interface SignedRequest {
  readonly method: string;
  /** Path with the query. */
  readonly target: string;
  readonly body: Uint8Array;
}

/** Signs a request as the shop does. */
export function signatureOf({ method, target, body }: SignedRequest): string {
  return signRequest(method, target.split('?')[0] ?? '', body);
}

/** Returns the key for a path that takes one. */
export function keyFor(path: string): string {
  return path.startsWith('/admin') ? adminKey : apiKey;
}

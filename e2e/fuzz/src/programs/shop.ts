import { signRequest } from '@fiscalkit/testing';

/** The API key of the demo's merchant. */
const apiKey = 'demo-api-key';

/** The key of the administrator of the gateway that is fuzzed. */
export const adminKey = 'fuzz-administrator-key-0123456789abcdef';

/** What `X-JWS-Signature` is made over. */
export interface SignedRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly body: Uint8Array;
}

/** Signs a request as the shop does. */
export function signatureOf({ method, target, body }: SignedRequest): string {
  return signRequest(method, target.split('?')[0] ?? '', body);
}

/** The key that opens a path which takes one. */
export function keyFor(path: string): string {
  return path.startsWith('/admin') ? adminKey : apiKey;
}

import { signDetached } from '@fiscalkit/client/jws';

/** The demo's merchant, as whom requests are signed. */
const shop = { merchantId: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

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
  const { merchantId, secretKey } = shop;
  return signDetached({ method, path: target.split('?')[0] ?? '', body, merchantId, secretKey });
}

/** The key that opens a path which takes one. */
export function keyFor(path: string): string {
  return path.startsWith('/admin') ? adminKey : shop.apiKey;
}

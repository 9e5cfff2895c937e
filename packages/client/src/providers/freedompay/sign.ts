import { randomUUID } from 'node:crypto';
import { signDetached } from '../../jws/sign-detached.js';
import type { FreedompaySettings } from './settings.js';

/** The parts of a request that its signature covers. */
export interface SignedParts {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The raw query without the question mark; empty for none. */
  readonly query: string;
  readonly body: Uint8Array;
}

/** Makes the function that signs a merchant's requests; the secret key stays in its closure. */
export function createSigner(
  settings: Pick<FreedompaySettings, 'merchantId' | 'secretKey' | 'getParams' | 'replayProof' | 'clock'>,
): (parts: SignedParts) => string {
  const {
    merchantId,
    secretKey,
    getParams = 'empty',
    replayProof = false,
    clock = () => new Date(),
  } = settings;
  return ({ method, path, query, body }) =>
    signDetached({
      method,
      path,
      body,
      merchantId,
      secretKey,
      params: getParams === 'query' ? query : '',
      ...(replayProof && { requestId: randomUUID(), issuedAt: clock() }),
    });
}

import { signDetached } from '@fiscalkit/client/jws';
import { merchant } from './settings.js';

/** What came back from a call, and how long it took. */
export interface Answer<Body> {
  readonly status: number;
  readonly replayed: boolean;
  readonly milliseconds: number;
  readonly body: Body;
}

/** The signature that the demo merchant puts on a request; `path` is without its query. */
export function signatureOf(method: 'GET' | 'POST', path: string, body = ''): string {
  const { id: merchantId, secretKey } = merchant;
  return signDetached({ method, path, body: new TextEncoder().encode(body), merchantId, secretKey });
}

/** Sends one request and reads its JSON answer. */
export async function call<Body>(url: string, init: RequestInit): Promise<Answer<Body>> {
  const startedAt = performance.now();
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  const body = (await response.json()) as Body;
  return {
    status: response.status,
    replayed: response.headers.get('Idempotency-Replayed') === 'true',
    milliseconds: Math.round(performance.now() - startedAt),
    body,
  };
}

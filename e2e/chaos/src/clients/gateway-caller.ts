import { signDetached } from '@fiscalkit/client/jws';
import { Agent, request } from 'undici';
import { administratorKey, merchantOf } from '../generator/merchants.js';
import type { ClientRequest } from '../generator/operation.js';

/** Answer to a request; `null` when none came, or not in time. */
export type HttpAnswer = { readonly status: number; readonly body: unknown } | null;

/** A request to read what is stored. */
export interface ReadRequest {
  readonly merchant: string;
  readonly path: string;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** Sends requests to gateways as a merchant's own program would. */
export class GatewayCaller {
  readonly #agent = new Agent({ connections: 64, pipelining: 1, connect: { timeout: 2_000 } });

  /** Submits a document; `waitMs` is how long the gateway may wait for the provider. */
  submit(
    gatewayUrl: string,
    { merchant, path, body, key, isMeant }: ClientRequest,
    { waitMs, timeoutMs }: { waitMs: number; timeoutMs: number },
  ): Promise<HttpAnswer> {
    return this.#send({
      method: 'POST',
      url: `${gatewayUrl}${path}?wait=${waitMs}`,
      headers: {
        'content-type': 'application/json',
        ...(key !== null && { 'idempotency-key': key }),
        ...(isMeant && { 'fiscalkit-twin': 'meant' }),
        ...proofOf(merchant, 'POST', path, body),
      },
      body,
      timeoutMs,
    });
  }

  /** Reads what is stored. */
  get(gatewayUrl: string, { merchant, path }: ReadRequest, waitMs: number): Promise<HttpAnswer> {
    return this.#send({
      method: 'GET',
      url: `${gatewayUrl}${path}?wait=${waitMs}`,
      headers: proofOf(merchant, 'GET', path, ''),
      timeoutMs: waitMs + 3_000,
    });
  }

  /** Sends a request of an administrator. */
  administer(
    gatewayUrl: string,
    { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: object },
  ): Promise<HttpAnswer> {
    return this.#send({
      method,
      url: `${gatewayUrl}${path}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${administratorKey}` },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs: 5_000,
    });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #send({ url, timeoutMs, ...options }: Call): Promise<HttpAnswer> {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { statusCode, body } = await request(url, { ...options, signal, dispatcher: this.#agent });
      return { status: statusCode, body: await body.json() };
    } catch {
      return null;
    }
  }
}

function proofOf(merchantId: string, method: string, path: string, body: string): Record<string, string> {
  const { secretKey, apiKey } = merchantOf(merchantId);
  if (path.startsWith('/payment/')) return { authorization: `Bearer ${apiKey}` };
  const bytes = new TextEncoder().encode(body);
  return { 'x-jws-signature': signDetached({ method, path, body: bytes, merchantId, secretKey }) };
}

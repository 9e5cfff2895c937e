import { signDetached } from '@fiscalkit/client/jws';
import { Agent, request } from 'undici';
import { administratorKey, merchantOf } from '../generator/merchants.js';
import type { Ask } from '../generator/operation.js';

/** What came back for a request; `null` when nothing did, or not in time. */
export type Answer = { readonly status: number; readonly body: unknown } | null;

/** A request for something that is there already. */
export interface Question {
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

  /** Hands a document in; `waitMs` is how long the gateway may wait for the provider. */
  ask(
    gatewayUrl: string,
    ask: Ask,
    { waitMs, timeoutMs }: { waitMs: number; timeoutMs: number },
  ): Promise<Answer> {
    const { merchant, path, body, key, isMeant } = ask;
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

  /** Asks for what is there. */
  get(gatewayUrl: string, { merchant, path }: Question, waitMs: number): Promise<Answer> {
    return this.#send({
      method: 'GET',
      url: `${gatewayUrl}${path}?wait=${waitMs}`,
      headers: proofOf(merchant, 'GET', path, ''),
      timeoutMs: waitMs + 3_000,
    });
  }

  /** Reads or acts as an administrator does. */
  administer(
    gatewayUrl: string,
    { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: object },
  ): Promise<Answer> {
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

  async #send({ url, timeoutMs, ...options }: Call): Promise<Answer> {
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

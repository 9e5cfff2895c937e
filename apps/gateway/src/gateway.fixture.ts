import { signDetached } from '@fiscalkit/client/jws';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import { request } from 'undici';
import { loadConfiguration } from './configuration/load-configuration.js';
import { createLogger } from './logs/logger.js';
import type { Gateway } from './start-application.js';
import { startGateway } from './start-gateway.js';

export const shop = { id: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

/** Answer as tests see it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface SignedCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query. */
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly merchantId?: string;
  readonly secretKey?: string;
  readonly requestId?: string;
  readonly issuedAt?: Date;
  /** Further claims of the signature. */
  readonly claims?: { readonly idempotencyKey: string };
}

/** Gateway and sandbox of one test, in this process, on free ports. */
export interface Harness {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  readonly logLines: string[];
  send(
    path: string,
    options?: {
      method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
      headers?: Record<string, string>;
      body?: string | Uint8Array;
    },
  ): Promise<Answer>;
  /** Sends a request signed by the shop. */
  signed(call: SignedCall): Promise<Answer>;
  /** Confirms a payment with the shop's API key. */
  confirm(body: unknown, wallet?: string): Promise<Answer>;
  close(): Promise<void>;
}

function bytesOf(body: string | Uint8Array | undefined): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
}

/** Returns the signature of a call. */
export function signatureOf({
  method = 'GET',
  path = '/v5/receipts',
  body,
  merchantId = shop.id,
  secretKey = shop.secretKey,
  requestId,
  issuedAt,
  claims,
}: SignedCall): string {
  return signDetached({
    method,
    path: path.split('?')[0] ?? '',
    body: bytesOf(body),
    merchantId,
    secretKey,
    ...(requestId !== undefined && { requestId }),
    ...(issuedAt && { issuedAt }),
    ...claims,
  });
}

/** Opens a gateway and a sandbox; the environment may depend on the sandbox's address. */
export async function openHarness(
  environment: Record<string, string> | ((sandboxUrl: string) => Record<string, string>) = {},
  sandboxOptions: Parameters<typeof startSandbox>[0] = {},
): Promise<Harness> {
  const sandbox = await startSandbox({ port: 0, registrationDelayMs: 0, ...sandboxOptions });
  const configuration = loadConfiguration({
    FISCALKIT_DEMO: '1',
    FISCALKIT_FREEDOMPAY_URL: sandbox.url,
    FISCALKIT_FISCALBOX_URL: sandbox.url,
    FISCALKIT_LEDGER_URL: 'sqlite::memory:',
    PORT: '0',
    FISCALKIT_LINGER_MS: '0',
    ...(typeof environment === 'function' ? environment(sandbox.url) : environment),
  });
  const logLines: string[] = [];
  const gateway = await startGateway(
    configuration,
    createLogger('debug', { write: (line) => logLines.push(line) }),
  );

  const send: Harness['send'] = async (path, options = {}) => {
    const { statusCode, headers, body } = await request(`${gateway.url}${path}`, {
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
      body: options.body ?? null,
    });
    const text = await body.text();
    return {
      status: statusCode,
      headers,
      body: headers['content-type']?.includes('json') ? JSON.parse(text) : text,
    };
  };
  const signed: Harness['signed'] = (call) => {
    const { method = 'GET', path = '/v5/receipts', body, headers } = call;
    return send(path, {
      method,
      headers: {
        'X-JWS-Signature': signatureOf(call),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
  };
  const confirm: Harness['confirm'] = (body, wallet = 'anor') =>
    send(`/payment/${wallet}_confirm`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${shop.apiKey}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const close = async () => {
    await gateway.close();
    await sandbox.close();
  };
  return { gateway, sandbox, logLines, send, signed, confirm, close };
}

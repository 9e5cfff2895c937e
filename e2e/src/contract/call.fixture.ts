import { signDetached } from '@fiscalkit/client/jws';
import { request } from 'undici';
import type { Operation } from './description.fixture.js';

/** The demo's merchant and administrator. */
export const demo = {
  merchantId: '542088',
  secretKey: 'secret_key',
  apiKey: 'demo-api-key',
  adminKey: 'demo-admin-key',
} as const;

/** How a call differs from a sound one. */
export interface Deviation {
  readonly body?: string;
  /** In the place of every parameter of the path. */
  readonly pathValue?: string;
  /** With its question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without signature or key. */
  readonly anonymous?: boolean;
}

/** An answer, whichever way it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The path of an operation with its parameters filled in. */
export function pathOf({ path, pathExamples }: Operation, value?: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => value ?? pathExamples[name] ?? '');
}

function credentials({ scheme, method }: Operation, path: string, body: string): Record<string, string> {
  switch (scheme) {
    case 'signature': {
      const { merchantId, secretKey } = demo;
      const bytes = new TextEncoder().encode(body);
      return { 'X-JWS-Signature': signDetached({ method, path, body: bytes, merchantId, secretKey }) };
    }
    case 'apiKey':
      return { Authorization: `Bearer ${demo.apiKey}` };
    case 'administratorKey':
      return { Authorization: `Bearer ${demo.adminKey}` };
    default:
      return {};
  }
}

/** Calls an operation as its description says, with its first example, and with whatever deviates. */
export async function call(url: string, operation: Operation, deviation: Deviation = {}): Promise<Answer> {
  const { pathValue, query = '', headers = {}, anonymous = false } = deviation;
  const path = pathOf(operation, pathValue);
  const [example] = operation.bodies;
  const text = deviation.body ?? (example === undefined ? '' : JSON.stringify(example));
  const answer = await request(`${url}${path}${query}`, {
    method: operation.method,
    headers: {
      ...(text !== '' && { 'Content-Type': 'application/json' }),
      ...(!anonymous && credentials(operation, path, text)),
      ...headers,
    },
    body: text === '' ? null : text,
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

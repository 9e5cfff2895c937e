import type { FuzzedRequest } from '../inputs/fuzzed-request.js';
import { keyFor, signatureOf } from '../programs/shop.js';

/** An HTTP request to write. */
export interface HttpRequest {
  readonly method: string;
  /** Path with the query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Serialises a request for a connection that ends with its answer. */
export function writeRequest({ method, target, headers, body }: HttpRequest): Uint8Array {
  const own: readonly (readonly [string, string])[] = [
    ['Host', '127.0.0.1'],
    ['Connection', 'close'],
    ...(body.length > 0 ? [['Content-Length', String(body.length)] as const] : []),
  ];
  const lines = [...own, ...headers].map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
  return Buffer.concat([head, body]);
}

const blank = new TextEncoder().encode(' ');

/** Adds the credentials of the route: the signature of receipts, the key of confirmations. */
export function proven({
  proof,
  proofText,
  method,
  path,
  query,
  headers,
  body: text,
}: FuzzedRequest): HttpRequest {
  const body = new TextEncoder().encode(text);
  const target = query === '' ? path : `${path}?${query}`;
  // A GET is signed with an empty payload, whatever body it has.
  const signedBody = method === 'GET' || method === 'HEAD' ? new Uint8Array() : body;
  const signed = {
    method,
    target: proof === 'of-another-path' ? `${path}x` : target,
    body: proof === 'of-another-body' ? Buffer.concat([signedBody, blank]) : signedBody,
  };
  const spoiled = proof === 'broken' ? proofText.replaceAll(/[^\x21-\x7e]/g, '') : '';
  const wrong = proof === 'genuine' ? '' : 'x';
  const proofs: HttpRequest['headers'] = [
    ['X-JWS-Signature', signatureOf(signed) + (proof === 'broken' ? `${spoiled}!` : '')],
    ['Authorization', `Bearer ${keyFor(path)}${wrong}${spoiled}`],
  ];
  return { method, target, headers: proof === 'none' ? headers : [...headers, ...proofs], body };
}

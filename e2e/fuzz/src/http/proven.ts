import type { FuzzedRequest } from '../inputs/fuzzed-request.js';
import { keyFor, signatureOf } from '../programs/shop.js';
import type { HttpRequest } from './http-request.js';

const blank = new TextEncoder().encode(' ');

/** Completes a request with the proof that it calls for: the receipts' signature and the confirmations' key. */
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
  // The payload of a question is empty, whatever body comes with it.
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

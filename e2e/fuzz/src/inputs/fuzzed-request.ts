import fc, { type Arbitrary } from 'fast-check';
import { fuzzedBody } from './fuzzed-body.js';
import { fuzzedHeaders } from './fuzzed-headers.js';
import { fuzzedPath, fuzzedQuery } from './fuzzed-target.js';

const proofs = ['genuine', 'none', 'of-another-body', 'of-another-path', 'broken'] as const;

/** How a request proves who it is from. */
export type Proof = (typeof proofs)[number];

/** A request in parts, before its proof is made. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly proof: Proof;
  /** What a broken proof is broken with. */
  readonly proofText: string;
}

const otherMethods = ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND', 'SEARCH', 'TRACE'];

/** Requests to any route: by any method, with sound, changed and hostile queries, headers and bodies, proven or not. */
export const fuzzedRequest: Arbitrary<FuzzedRequest> = fc.record({
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('POST', 'POST', 'GET') },
    fc.constantFrom(...otherMethods),
  ),
  path: fuzzedPath,
  query: fuzzedQuery,
  headers: fuzzedHeaders,
  body: fuzzedBody,
  proof: fc.oneof({ weight: 3, arbitrary: fc.constant('genuine' as const) }, fc.constantFrom(...proofs)),
  proofText: fc.string({ maxLength: 8 }),
});

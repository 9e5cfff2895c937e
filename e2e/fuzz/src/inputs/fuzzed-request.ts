import { wallets } from '@fiscalkit/schemas';
import fc, { type Arbitrary } from 'fast-check';
import { hostileValue } from './hostile-values.js';
import { mutatedDocument } from './mutated-document.js';
import { mutatedText } from './mutated-text.js';
import { soliqLinks, soundReceipts } from './sound-documents.js';

/** Text without characters that would end its line and make another request of the rest. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\0\r\n]/g, '');
}

/** Placeholder for the id of a stored receipt. */
export const knownId = '{id}';

const receipts = [
  '/v5/receipts',
  '/v1/receipts',
  '/v5/receipts/validate',
  `/v5/receipts/${knownId}`,
  `/v5/receipts/${knownId}/refund`,
  `/v5/receipts/${knownId}/close`,
];
const payments = Object.keys(wallets).map((wallet) => `/payment/${wallet}_confirm`);
const entry = `/admin/entries/${knownId}`;
const admin = [
  '/admin/entries',
  '/admin/acts',
  entry,
  ...['look-up', 'retry', 'park', 'release', 'resolve', 'resubmit'].map((act) => `${entry}/${act}`),
];
const others = [
  '/health/live',
  '/health/ready',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/schemas/x',
  '/',
  '*',
  '/admin',
  '/admin/entries/x',
];

const asTarget = (text: string) => onOneLine(text).replaceAll(/[ \t#?]/g, '');

/** Paths of routes, of no route, and almost of one. */
const fuzzedPath: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...receipts) },
  { weight: 3, arbitrary: fc.constantFrom(...payments) },
  { weight: 3, arbitrary: fc.constantFrom(...admin) },
  { weight: 1, arbitrary: fc.constantFrom(...others) },
  {
    weight: 3,
    arbitrary: mutatedText([...receipts, ...payments]).map((text) => `/${asTarget(text).slice(1)}`),
  },
);

const queries = [
  'wait=50',
  'utc=5',
  'created_at[gte]=2026-01-01&created_at[lte]=2026-03-31&offset=0&limit=20&utc=5',
  'payment_id=764239790&operation_type=sell&status=registered&total=200.00&name=%D0%A7%D0%B0%D0%B9',
  'utc=-12&wait=0',
  'wait=1&wait=2&utc=5&utc=6',
  'state=unknown,parked&merchant=542088&older_than_ms=1000&offset=0&limit=10',
];

/** Query strings; often empty. */
const fuzzedQuery: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(...queries) },
  { weight: 2, arbitrary: mutatedText(queries).map(asTarget) },
);

type Header = readonly [name: string, value: string];

const names = [
  'Idempotency-Key',
  'X-Request-Id',
  'Accept',
  'Accept-Encoding',
  'Content-Encoding',
  'Cookie',
  'Range',
  'X-Forwarded-For',
  'X-HTTP-Method-Override',
  'If-None-Match',
  'Origin',
  'Accept-Version',
];

const sound = [
  'application/json',
  'order-17',
  'gzip, br',
  '100-continue',
  'chunked',
  '127.0.0.1',
  'text/html',
];

const value = fc.oneof(mutatedText(sound), fc.string({ unit: 'binary', maxLength: 20 })).map(onOneLine);

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom('application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded'),
  mutatedText(['application/json; charset=utf-8', 'multipart/form-data; boundary=x']).map(onOneLine),
);

/** Content type, mostly the right one, and up to three headers that a server might read. */
const fuzzedHeaders: Arbitrary<readonly Header[]> = fc
  .tuple(contentType, fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 }))
  .map(([type, others]): readonly Header[] => [['Content-Type', type], ...others]);

const confirmations = soliqLinks.flatMap((qr_code, index) => [
  { transaction_id: `a12fc00f-${index}`, qr_code },
  { payment_id: `471010392${index}`, qr_code },
]);

const interventions = [
  { reason: 'looked it up' },
  { reason: 'found', outcome: { kind: 'registered', provider_document_id: 'r-1', link: soliqLinks[0] } },
  { reason: 'not there', outcome: { kind: 'rejected' } },
  { reason: 'corrected', document: soundReceipts[0] },
  { reason: 'it is back', act: 'look-up', filter: { state: 'unknown', merchant: '542088' }, dry_run: true },
  { reason: 'stop', act: 'park', filter: { from: '2026-01-01T00:00:00Z' }, limit: 2, after: '1-1' },
];

const derivations = [
  { positions: [{ index: 0, quantity: '1.000' }], refund_id: 'return-17' },
  { positions: [{ index: 1, sum: '10.00' }], settlements: [{ type: 'cash', sum: 10 }] },
  { positions: [{ index: 0, name: 'Choy', labels: ['label'] }], delivered_on: '2026-11-30', delivery_id: 1 },
];

const document = fc.oneof(
  { weight: 4, arbitrary: mutatedDocument(soundReceipts) },
  { weight: 2, arbitrary: mutatedDocument(derivations) },
  { weight: 2, arbitrary: mutatedDocument(confirmations) },
  { weight: 2, arbitrary: mutatedDocument(interventions) },
  { weight: 1, arbitrary: hostileValue },
);

/** Bodies for any route: documents with few changes, broken JSON, too long or no JSON. */
const fuzzedBody: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: document.map((value) => JSON.stringify(value) ?? '') },
  { weight: 2, arbitrary: mutatedText(soundReceipts.map((receipt) => JSON.stringify(receipt))) },
  { weight: 1, arbitrary: fc.constantFrom('', '[', '['.repeat(30_000), `"${'x'.repeat(1_100_000)}"`) },
);

const proofs = ['genuine', 'none', 'of-another-body', 'of-another-path', 'broken'] as const;

/** Credentials of a request. */
export type Proof = (typeof proofs)[number];

/** A request before its credentials are added. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly proof: Proof;
  /** Text that broken credentials contain. */
  readonly proofText: string;
}

const otherMethods = ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND', 'SEARCH', 'TRACE'];

/** Requests to any route: any method; valid, changed or hostile contents; signed or not. */
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

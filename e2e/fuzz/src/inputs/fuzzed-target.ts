import fc, { type Arbitrary } from 'fast-check';
import { mutatedText } from './mutated-text.js';
import { onOneLine } from './on-one-line.js';

/** Stands for the id of a receipt that is there. */
export const knownId = '{id}';

const receipts = ['/v5/receipts', '/v1/receipts', '/v5/receipts/validate', `/v5/receipts/${knownId}`];
const payments = ['anor', 'click', 'payme', 'uzum'].map((wallet) => `/payment/${wallet}_confirm`);
const entry = `/admin/entries/${knownId}`;
const admin = [
  '/admin/entries',
  entry,
  ...['retry', 'park', 'resolve', 'resubmit'].map((act) => `${entry}/${act}`),
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

/** Paths of the routes, of no route, and nearly of one. */
export const fuzzedPath: Arbitrary<string> = fc.oneof(
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

/** Queries as they stand behind the question mark; often none. */
export const fuzzedQuery: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(...queries) },
  { weight: 2, arbitrary: mutatedText(queries).map(asTarget) },
);

import type { Problem } from './problem.js';

function problem(status: number, code: string, message: string): Problem {
  return { status, code, message };
}

function outage(status: number, code: string, message: string): Problem {
  return { status, code, message, retryable: true };
}

/** What every route that reads a body may find wrong with it before it knows what document it is. */
export const bodyProblems: readonly Problem[] = [
  problem(400, 'body.missing', 'The request has no body.'),
  problem(400, 'body.encoding', 'The body is not valid UTF-8.'),
  problem(400, 'body.json.invalid', 'The body is not valid JSON.'),
  problem(400, 'body.json.depth', 'The body is nested deeper than 32 levels.'),
  problem(400, 'body.json.duplicate-key', 'An object of the body names a key twice.'),
  problem(400, 'body.json.number', 'The body has a number that can not be read exactly as it was sent.'),
  problem(400, 'body.json.text', 'The body has a text with half a character or the character U+0000.'),
  problem(413, 'body.too-large', 'The body is too large.'),
  problem(415, 'body.content-type', 'The body must be application/json in UTF-8.'),
];

/** What may be wrong with `X-JWS-Signature`. */
export const signatureProblems: readonly Problem[] = [
  problem(401, 'signature.missing', 'The request has no X-JWS-Signature.'),
  ...[
    'signature.malformed',
    'signature.algorithm',
    'signature.merchant',
    'signature.method',
    'signature.path',
    'signature.params',
    'signature.mismatch',
    'signature.expired',
    'signature.replay.missing',
    'signature.replayed',
  ].map((code) => problem(401, code, 'X-JWS-Signature does not hold.')),
];

/** What may be wrong with a key in `Authorization: Bearer`. */
export const keyProblems: readonly Problem[] = [
  problem(401, 'access.key.missing', 'The request has no Authorization: Bearer.'),
  problem(401, 'access.key.invalid', 'The key is not known.'),
];

const guessing = outage(
  429,
  'access.rate',
  'Too many requests from this address had a wrong key or signature.',
);

/** Outages of the process itself, that all routes but those of operators may meet. */
export const processProblems: readonly Problem[] = [
  outage(503, 'gateway.busy', 'Too many requests at once.'),
  outage(503, 'gateway.stopping', 'The gateway is stopping.'),
];

/** Bounds and outages that any route of merchants and administrators may meet. */
export const boundProblems: readonly Problem[] = [guessing, ...processProblems];

/** A merchant's own bound. */
export const quotaProblem = outage(429, 'request.rate', 'A merchant may make 100 requests in a second.');

/** A merchant's lists, and what a single one asks for. */
export const listProblems: readonly Problem[] = [
  outage(
    429,
    'lists.busy',
    'Of a merchant, 4 lists are read at the same time, and 32 may wait for 10000 ms.',
  ),
  outage(503, 'lists.timeout', 'A part of the list took more than 30000 ms; ask for fewer days.'),
];

/** The ledger is out of reach: nothing is stored, nothing can be looked up. */
export const ledgerProblem = outage(503, 'ledger.unavailable', 'The ledger can not be reached.');

/** The ledger is well, but a document can't be accepted just now. */
export const paymentProblem = outage(
  503,
  'payment.busy',
  'Another transaction that is still open holds this payment.',
);

/** What may be wrong with `Idempotency-Key`. */
export const idempotencyProblems: readonly Problem[] = [
  problem(400, 'idempotency.key.format', 'An Idempotency-Key is 1–255 printable ASCII characters.'),
  problem(
    400,
    'idempotency.key.mismatch',
    'Idempotency-Key is not the idempotency_key that the signature covers.',
  ),
  problem(409, 'idempotency.conflict', 'Other content was sent with this key before.'),
];

/** What may be wrong with a receipt that has the content of another. */
export const twinProblems: readonly Problem[] = [
  problem(400, 'idempotency.key.missing', 'A second receipt with the same content needs a key of its own.'),
  problem(400, 'idempotency.twin', 'Fiscalkit-Twin has one value: meant.'),
  problem(409, 'receipt.twin', 'The payment has a receipt with the same content under another key.'),
];

/** What may be wrong with the query of a route that waits. */
export const waitProblems: readonly Problem[] = [
  problem(400, 'query.unknown', 'There is no such query parameter here.'),
  problem(400, 'query.wait', 'wait must be a whole number of milliseconds.'),
];

/** What may be wrong with a receipt, and with the question for one. */
export const receiptProblems = {
  invalid: problem(422, 'receipt.invalid', 'The receipt has faults; nothing was stored.'),
  unsupported: problem(422, 'provider.unsupported', 'The provider can not register this receipt.'),
  idFormat: problem(400, 'receipt.id.format', 'A receipt id is a UUID.'),
  notFound: problem(404, 'receipt.not-found', 'There is no such receipt.'),
  utc: problem(
    400,
    'query.utc',
    'utc must be a whole number of hours from -12 to 14, written as 5, -5 or %2B5: a plus sign in a query means a blank.',
  ),
} as const;

/** What may be wrong with the filters of a list. */
export const queryProblem = problem(400, 'query.invalid', 'The filters of the list can not be used.');

/** Why an act on an entry is not possible. */
export const entryProblems: readonly Problem[] = [
  problem(404, 'entry.not-found', 'There is no entry of this id.'),
  outage(409, 'entry.busy', 'A worker holds the entry just now, or it changed meanwhile.'),
  problem(409, 'entry.state', 'This is not possible in the state of the entry.'),
];

/** Why an act on an account is not possible. */
export const accountProblems: readonly Problem[] = [
  problem(409, 'account.configured', 'The account is configured, so its entries are delivered.'),
  problem(409, 'account.other', 'The merchant has no account now, or one with another id at the provider.'),
];

/** What may be wrong with the body of an act. */
export const actProblem = problem(
  422,
  'intervention.invalid',
  'What is to be done has faults; nothing was done.',
);

/** Every route may answer this: it comes before there is a route. */
export const tooManyHeaders = problem(431, 'request.headers', 'The headers are too large.');

/** A part of the path is longer than any id or name. */
export const pathProblem = problem(414, 'request.path-too-long', 'The path of the request is too long.');

/** Bytes that never became a request; the connection is closed. */
export const timeoutProblem = outage(408, 'request.timeout', 'The request did not arrive in time.');

/** What we did not foresee. */
export const internalProblem = outage(500, 'gateway.internal', 'Something went wrong on our side.');

/** A path that leads nowhere. */
export const routeProblem = problem(404, 'route.not-found', 'There is nothing at this path.');

/** Every error that the gateway may answer with. */
export const allProblems: readonly Problem[] = [
  ...bodyProblems,
  ...signatureProblems,
  ...keyProblems,
  ...boundProblems,
  quotaProblem,
  ...listProblems,
  ledgerProblem,
  paymentProblem,
  ...idempotencyProblems,
  ...twinProblems,
  ...waitProblems,
  ...Object.values(receiptProblems),
  queryProblem,
  ...entryProblems,
  ...accountProblems,
  actProblem,
  tooManyHeaders,
  pathProblem,
  timeoutProblem,
  internalProblem,
  routeProblem,
];

import { endpointProblem, ownEndpointProblems } from './endpoint-problems.js';
import {
  accountProblems,
  entryProblems,
  evidenceProblem,
  otherMerchantProblem,
  roleProblem,
  unknownAccountProblem,
} from './operator-problems.js';
import { outage, type Problem, problem } from './problem.js';
import {
  closingProblems,
  correctionProblems,
  importProblems,
  originProblems,
  receiptProblems,
  refundProblems,
} from './receipt-problems.js';

const tooLarge = problem(413, 'body.too-large', 'The body is too large.');
const contentType = problem(415, 'body.content-type', 'The body must be application/json in UTF-8.');

/** Errors of every route that reads a body, before the document is known. */
export const bodyProblems: readonly Problem[] = [
  problem(400, 'body.missing', 'The request has no body.'),
  problem(400, 'body.encoding', 'The body is not valid UTF-8.'),
  problem(400, 'body.json.invalid', 'The body is not valid JSON.'),
  problem(400, 'body.json.depth', 'The body is nested deeper than 32 levels.'),
  problem(400, 'body.json.duplicate-key', 'An object of the body names a key twice.'),
  problem(400, 'body.json.number', 'The body has a number that can not be read exactly as it was sent.'),
  problem(400, 'body.json.text', 'The body has a text with half a character or the character U+0000.'),
  tooLarge,
  contentType,
];

/** Errors of `X-JWS-Signature`. */
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

/** Errors of a key in `Authorization: Bearer`. */
export const keyProblems: readonly Problem[] = [
  problem(401, 'access.key.missing', 'The request has no Authorization: Bearer.'),
  problem(401, 'access.key.invalid', 'The key is not known.'),
];

const guessing = outage(
  429,
  'access.rate',
  'Too many requests from this address had a wrong key or signature.',
);

/** Outages of the process itself, on all routes except those for operators. */
export const processProblems: readonly Problem[] = [
  outage(503, 'gateway.busy', 'Too many requests at once.'),
];

/** Limits and outages of the routes for merchants and administrators. */
export const boundProblems: readonly Problem[] = [guessing, ...processProblems];

/** The request limit of a merchant. */
export const quotaProblem = outage(429, 'request.rate', 'A merchant may make 100 requests in a second.');

/** The limits of a merchant's lists. */
export const listProblems: readonly Problem[] = [
  outage(
    429,
    'lists.busy',
    'Of a merchant, 4 lists are read at the same time, and 32 may wait for 10000 ms.',
  ),
  outage(503, 'lists.timeout', 'A part of the list took more than 30000 ms; ask for fewer days.'),
];

/** The ledger can't be reached: nothing is stored, nothing can be looked up. */
export const ledgerProblem = outage(503, 'ledger.unavailable', 'The ledger can not be reached.');

/** The ledger works, but the document can't be accepted at the moment. */
export const paymentProblem = outage(
  503,
  'payment.busy',
  'Another transaction that is still open holds this payment.',
);

/** Errors of `Idempotency-Key`. */
export const idempotencyProblems: readonly Problem[] = [
  problem(400, 'idempotency.key.format', 'An Idempotency-Key is 1–255 printable ASCII characters.'),
  problem(
    400,
    'idempotency.key.mismatch',
    'Idempotency-Key is not the idempotency_key that the signature covers.',
  ),
  problem(409, 'idempotency.conflict', 'Other content was sent with this key before.'),
];

/** Errors of a receipt that has the content of another. */
export const twinProblems: readonly Problem[] = [
  problem(400, 'idempotency.key.missing', 'A second receipt with the same content needs a key of its own.'),
  problem(400, 'idempotency.twin', 'Fiscalkit-Twin has one value: meant.'),
  receiptProblems.twin,
];

/** A parameter that the route does not have. */
export const unknownQueryProblem = problem(400, 'query.unknown', 'There is no such query parameter here.');

/** Errors in the query of a route that waits. */
export const waitProblems: readonly Problem[] = [
  unknownQueryProblem,
  problem(400, 'query.wait', 'wait must be a whole number of milliseconds.'),
];

/** An error in the filters of a list. */
export const queryProblem = problem(400, 'query.invalid', 'The filters of the list can not be used.');

/** A cursor that is no document of the merchant's. */
export const listCursorProblem = problem(
  400,
  'query.cursor',
  'A cursor is the id of the last document of the page before.',
);

/** A cursor that is not one of this search. */
export const searchCursorProblem = problem(
  400,
  'search.cursor',
  'A cursor is taken from the page before of the same search, letter by letter.',
);

/** Errors of the feed of events. */
export const feedProblems: readonly Problem[] = [
  problem(
    400,
    'events.cursor',
    "A cursor is taken from an earlier answer of the same merchant's events, letter by letter.",
  ),
  problem(400, 'events.limit', 'limit is a whole number of events between 1 and 1000.'),
  problem(
    404,
    'events.off',
    'The feed of events is switched off here, or was by another process of this ledger.',
  ),
  problem(
    410,
    'events.gone',
    'Events behind this cursor are no longer kept, or the ledger was put back. Read without a cursor from the first event that is kept, and look up by the list of receipts what happened before.',
  ),
  outage(
    429,
    'events.busy',
    'Too many reads of events wait at the same time: one that waits is enough for a reader.',
  ),
];

/** An error in the body of an action. */
export const actionProblem = problem(
  422,
  'intervention.invalid',
  'What is to be done has faults; nothing was done.',
);

/** A day of which there can be no report. */
export const reportProblem = problem(
  400,
  'report.date',
  'The date is one of the calendar, written 2026-05-04.',
);

/** A segment of the path is longer than any id or name. */
export const pathProblem = problem(414, 'request.path-too-long', 'The path of the request is too long.');

/** Errors of a callback of a provider. */
export const callbackProblems: readonly Problem[] = [
  problem(404, 'callback.unknown', 'No callback is taken at this path.'),
  tooLarge,
  pathProblem,
  ...boundProblems,
];

/** Errors of a list of payments. */
export const paymentListProblems: readonly Problem[] = [
  problem(400, 'reconciliation.window', 'The window has a beginning and a later end, both times.'),
  tooLarge,
  contentType,
  problem(422, 'merchant.unknown', 'This merchant is not configured.'),
  problem(422, 'payments.columns', 'The file has no such columns.'),
  problem(422, 'payments.format', 'The file is a JSON array; it must have one JSON object a line.'),
  outage(429, 'reconciliation.busy', 'Another comparison is being made; try again when it has ended.'),
  outage(503, 'gateway.stopping', 'The gateway is stopping.'),
];

/** An error of every route: it is found before the route is known. */
export const tooManyHeaders = problem(431, 'request.headers', 'The headers are too large.');

/** A request that did not arrive completely; the connection is closed. */
export const timeoutProblem = outage(408, 'request.timeout', 'The request did not arrive in time.');

/** An error that was not foreseen. */
export const internalProblem = outage(500, 'gateway.internal', 'Something went wrong on our side.');

/** A path without a route. */
export const routeProblem = problem(404, 'route.not-found', 'There is nothing at this path.');

/** All errors of the gateway. */
export const allProblems: readonly Problem[] = [
  ...bodyProblems,
  ...signatureProblems,
  ...keyProblems,
  roleProblem,
  otherMerchantProblem,
  ...boundProblems,
  quotaProblem,
  ...listProblems,
  ledgerProblem,
  paymentProblem,
  ...idempotencyProblems,
  ...twinProblems,
  ...importProblems,
  ...waitProblems,
  ...Object.values(receiptProblems),
  ...Object.values(correctionProblems),
  ...Object.values(originProblems),
  ...refundProblems,
  ...closingProblems,
  queryProblem,
  listCursorProblem,
  searchCursorProblem,
  ...entryProblems,
  ...accountProblems,
  unknownAccountProblem,
  evidenceProblem,
  actionProblem,
  reportProblem,
  endpointProblem,
  ...Object.values(ownEndpointProblems).flat(),
  ...feedProblems,
  ...callbackProblems.filter(({ code }) => code.startsWith('callback.')),
  ...paymentListProblems.filter(({ code }) => !code.startsWith('body.')),
  tooManyHeaders,
  pathProblem,
  timeoutProblem,
  internalProblem,
  routeProblem,
];

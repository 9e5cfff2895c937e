import type { JsonSchema } from '../schemas/json-schema.js';
import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
import type { Problem } from './problem.js';
import {
  bodyProblems,
  boundProblems,
  idempotencyProblems,
  ledgerProblem,
  listCursorProblem,
  listProblems,
  pathProblem,
  paymentProblem,
  queryProblem,
  quotaProblem,
  signatureProblems,
  twinProblems,
  waitProblems,
} from './problems.js';
import { listCursor, queryParameters } from './query-parameters.js';
import {
  closingProblems,
  importProblems,
  originProblems,
  receiptProblems,
  refundProblems,
} from './receipt-problems.js';
import { parameterRef } from './references.js';

const tags = ['Receipts'];
const security = [{ signature: [] }];
const always = [...signatureProblems, ...boundProblems, quotaProblem];
const requestId = parameterRef('X-Request-Id');
const { invalid, unsupported, idFormat, notFound, utc } = receiptProblems;

/** Describes the receipts API under one of the two versions that the provider's page documents. */
export function receiptPaths(version: 'v1' | 'v5', query: JsonSchema) {
  const suffix = version === 'v5' ? '' : 'V1';
  const alias = version === 'v5' ? '' : ' The same as under `/v5`.';
  return {
    [`/${version}/receipts`]: { post: create(suffix, alias), get: list(suffix, alias, query) },
    [`/${version}/receipts/registered`]: { post: importRegistered(suffix, alias) },
    [`/${version}/receipts/validate`]: { post: validate(suffix, alias) },
    [`/${version}/receipts/{receipt_id}`]: { get: get(suffix, alias) },
    [`/${version}/receipts/{receipt_id}/refund`]: { post: refund(suffix, alias) },
    [`/${version}/receipts/{receipt_id}/close`]: { post: close(suffix, alias) },
  };
}

function create(suffix: string, alias: string) {
  return {
    operationId: `createReceipt${suffix}`,
    tags,
    security,
    summary: 'Hand in a receipt',
    description: `Checks the receipt, stores it durably and answers. It is then delivered to the provider exactly once.${alias}`,
    parameters: [
      parameterRef('Idempotency-Key'),
      parameterRef('Fiscalkit-Twin'),
      parameterRef('wait'),
      requestId,
    ],
    requestBody: { required: true, description: 'The receipt.', content: jsonOf('receipt') },
    responses: {
      200: goodAnswer('The receipt is stored; its status says how far it has come.', 'receipt-answer', [
        'Idempotency-Replayed',
        'Fiscalkit-Warnings',
      ]),
      ...errorAnswers([
        ...bodyProblems,
        ...waitProblems,
        ...idempotencyProblems,
        ...twinProblems,
        ...always,
        invalid,
        unsupported,
        paymentProblem,
        ledgerProblem,
      ]),
    },
  };
}

function importRegistered(suffix: string, alias: string) {
  return {
    operationId: `importReceipt${suffix}`,
    tags,
    security,
    summary: 'Import a receipt of another system',
    description: `Takes a receipt into the ledger that another system registered, so that it can be refunded and closed. It is known by its fiscal mark: a repeat returns the stored one. Nothing is sent of it, and no report counts it.${alias}`,
    parameters: [requestId],
    requestBody: {
      required: true,
      description: 'The receipt, and its link or the text of its QR code.',
      content: jsonOf('import-request'),
    },
    responses: {
      200: goodAnswer('The receipt is stored as registered.', 'receipt-answer', ['Idempotency-Replayed']),
      ...errorAnswers([
        ...bodyProblems,
        ...always,
        invalid,
        ...importProblems,
        originProblems.busy,
        originProblems.crowded,
        paymentProblem,
        ledgerProblem,
      ]),
    },
  };
}

function validate(suffix: string, alias: string) {
  return {
    operationId: `validateReceipt${suffix}`,
    tags,
    security,
    summary: 'Check a receipt',
    description: `Tells all faults and warnings of a receipt. Nothing is stored.${alias}`,
    parameters: [requestId],
    requestBody: { required: true, description: 'The receipt.', content: jsonOf('receipt') },
    responses: {
      200: goodAnswer('What the check came to.', 'validation-answer'),
      ...errorAnswers([...bodyProblems, ...always]),
    },
  };
}

function list(suffix: string, alias: string, query: JsonSchema) {
  return {
    operationId: `listReceipts${suffix}`,
    tags,
    security,
    summary: 'List receipts',
    description: `The merchant's own receipts, newest first. offset counts receipts, not pages.${alias}`,
    parameters: [...queryParameters('receipt-list-query', query), listCursor, requestId],
    responses: {
      200: goodAnswer('The receipts.', 'receipt-list-answer'),
      ...errorAnswers([queryProblem, listCursorProblem, ...always, ...listProblems, ledgerProblem]),
    },
  };
}

function get(suffix: string, alias: string) {
  return {
    operationId: `getReceipt${suffix}`,
    tags,
    security,
    summary: 'Get a receipt',
    description: `One of the merchant's own receipts.${alias}`,
    parameters: [parameterRef('receipt_id'), parameterRef('wait'), parameterRef('utc'), requestId],
    responses: {
      200: goodAnswer('The receipt.', 'receipt-answer'),
      ...errorAnswers([idFormat, utc, ...waitProblems, notFound, pathProblem, ...always, ledgerProblem]),
    },
  };
}

function refund(suffix: string, alias: string) {
  return derive(suffix, {
    name: 'refundReceipt',
    summary: 'Refund a receipt',
    description: `Makes the refund from the receipt: all that is left of it, or the positions that are named. Never more than the receipt, over any number of requests. Where a prepayment was delivered in part, there is a refund for each receipt that has a part of the money; the first is in data, the others are in further.${alias}`,
    request: 'refund-request',
    answer: 'refund-answer',
    problems: refundProblems,
  });
}

function close(suffix: string, alias: string) {
  return derive(suffix, {
    name: 'closeReceipt',
    summary: 'Close a prepayment',
    description: `Makes the receipt of the delivery of what was prepaid, all that is left or the positions that are named. However often the same request is made, one delivery has one receipt; delivery_id tells equal parts apart.${alias}`,
    request: 'closing-request',
    answer: 'receipt-answer',
    problems: closingProblems,
  });
}

/** What the two routes that make a receipt from another differ in. */
interface Derivation {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly request: string;
  readonly answer: string;
  readonly problems: readonly Problem[];
}

function derive(suffix: string, { name, request, answer, problems, ...words }: Derivation) {
  return {
    operationId: `${name}${suffix}`,
    tags,
    security,
    ...words,
    parameters: [
      parameterRef('receipt_id'),
      parameterRef('Idempotency-Key'),
      parameterRef('wait'),
      requestId,
    ],
    requestBody: {
      required: false,
      description: 'What of it, and how; no body is the same as an empty object.',
      content: jsonOf(request),
    },
    responses: {
      200: goodAnswer('It is stored; its status says how far it has come.', answer, [
        'Idempotency-Replayed',
        'Fiscalkit-Warnings',
      ]),
      ...errorAnswers([
        ...bodyProblems.filter(({ code }) => code !== 'body.missing'),
        idFormat,
        ...waitProblems,
        ...idempotencyProblems,
        ...always,
        notFound,
        pathProblem,
        ...Object.values(originProblems),
        ...problems,
        invalid,
        unsupported,
        paymentProblem,
        ledgerProblem,
      ]),
    },
  };
}

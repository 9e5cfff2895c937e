import type { JsonSchema } from '../schemas/json-schema.js';
import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
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
import { correctionProblems, receiptProblems } from './receipt-problems.js';
import { parameterRef } from './references.js';

const tags = ['Corrections'];
const security = [{ signature: [] }];
const always = [...signatureProblems, ...boundProblems, quotaProblem];
const requestId = parameterRef('X-Request-Id');
const { invalid, idFormat, notFound } = correctionProblems;

/** Describes the routes of corrections. */
export function correctionPaths(query: JsonSchema) {
  return {
    '/v5/corrections': {
      post: {
        operationId: 'createCorrection',
        tags,
        security,
        summary: 'Hand in a correction',
        description:
          'Checks the correction of what was settled without a receipt or with a wrong one, stores it durably and answers. It is then delivered to a provider that takes corrections, exactly once. Where the merchant has none, nothing is stored, and the answer names providers that do.',
        parameters: [
          parameterRef('Idempotency-Key'),
          parameterRef('Fiscalkit-Twin'),
          parameterRef('wait'),
          requestId,
        ],
        requestBody: { required: true, description: 'The correction.', content: jsonOf('correction') },
        responses: {
          200: goodAnswer(
            'The correction is stored; its status says how far it has come.',
            'correction-answer',
            ['Idempotency-Replayed', 'Fiscalkit-Warnings'],
          ),
          ...errorAnswers([
            ...bodyProblems,
            ...waitProblems,
            ...idempotencyProblems,
            ...twinProblems,
            ...always,
            invalid,
            receiptProblems.unsupported,
            paymentProblem,
            ledgerProblem,
          ]),
        },
      },
      get: {
        operationId: 'listCorrections',
        tags,
        security,
        summary: 'List corrections',
        description: "The merchant's own corrections, newest first. offset counts corrections, not pages.",
        parameters: [...queryParameters('correction-list-query', query), listCursor, requestId],
        responses: {
          200: goodAnswer('The corrections.', 'correction-list-answer'),
          ...errorAnswers([queryProblem, listCursorProblem, ...always, ...listProblems, ledgerProblem]),
        },
      },
    },
    '/v5/corrections/{receipt_id}': {
      get: {
        operationId: 'getCorrection',
        tags,
        security,
        summary: 'Get a correction',
        description: "One of the merchant's own corrections.",
        parameters: [parameterRef('receipt_id'), parameterRef('wait'), parameterRef('utc'), requestId],
        responses: {
          200: goodAnswer('The correction.', 'correction-answer'),
          ...errorAnswers([
            idFormat,
            receiptProblems.utc,
            ...waitProblems,
            notFound,
            pathProblem,
            ...always,
            ledgerProblem,
          ]),
        },
      },
    },
  };
}

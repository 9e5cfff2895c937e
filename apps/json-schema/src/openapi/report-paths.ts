import { errorAnswers, goodAnswer } from './answers.js';
import { otherMerchantProblem, roleProblem } from './operator-problems.js';
import {
  boundProblems,
  keyProblems,
  ledgerProblem,
  listProblems,
  paymentListProblems,
  queryProblem,
  quotaProblem,
  reportProblem,
  routeProblem,
  signatureProblems,
  unknownQueryProblem,
} from './problems.js';
import { parameterRef } from './references.js';

const requestId = parameterRef('X-Request-Id');
const time = { type: 'string', format: 'date-time' };

function query(name: string, description: string, schema: object, more: object = {}) {
  return { name, in: 'query', description, schema, ...more };
}

/** The routes of reports, and of comparisons with payments. */
export const reportPaths = {
  '/v5/reports/daily': {
    get: {
      operationId: 'readDailyReport',
      tags: ['Reports'],
      security: [{ signature: [] }],
      summary: 'Count and sum the receipts of a day',
      description:
        "The merchant's own receipts that were registered on a day of the register's clock, whenever they were handed in. Sums are decimal texts, exact however large.",
      parameters: [
        query(
          'date',
          "The day on the register's clock.",
          { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
          { required: true, example: '2026-03-31' },
        ),
        requestId,
      ],
      responses: {
        200: goodAnswer('The report.', 'daily-report-answer'),
        ...errorAnswers([
          reportProblem,
          unknownQueryProblem,
          ...signatureProblems,
          ...boundProblems,
          quotaProblem,
          ...listProblems,
          ledgerProblem,
        ]),
      },
    },
  },
  '/admin/reconciliations': {
    post: {
      operationId: 'reconcilePayments',
      tags: ['Administration'],
      security: [{ administratorKey: [] }],
      summary: 'Compare payments with the receipts of a merchant',
      description:
        'Reads the payments as they arrive, and changes nothing. What is under way is counted, and never a finding. Lines that are broken are named, and the others compared. One comparison at a time.',
      parameters: [
        query(
          'merchant',
          'Whose receipts.',
          { type: 'string', minLength: 1 },
          { required: true, example: '542088' },
        ),
        query('from', 'Begin of the window, with its zone.', time, {
          required: true,
          example: '2026-03-31T00:00:00+03:00',
        }),
        query('to', 'End of the window, which is not in it.', time, {
          required: true,
          example: '2026-04-01T00:00:00+03:00',
        }),
        query('country', "Country of the advice; that of the merchant's receipts when absent.", {
          type: 'string',
          enum: ['ru', 'uz'],
        }),
        query('with_provider', '1: compare what the provider lists, too.', {
          type: 'string',
          enum: ['0', '1'],
        }),
        requestId,
      ],
      requestBody: {
        required: true,
        description:
          'The payments: a table with the columns payment_id, amount and time, and perhaps kind (sell, refund, buy, buy_refund) and currency; or one JSON object with these members a line.',
        content: {
          'text/csv': {
            schema: { type: 'string' },
            example: 'payment_id,kind,amount,time\n764239790,sell,100.00,2026-03-31T12:00:00+03:00\n',
          },
          'application/x-ndjson': {
            schema: { type: 'string' },
            example: '{"payment_id":"764239790","amount":"100.00","time":"2026-03-31T12:00:00+03:00"}\n',
          },
        },
      },
      responses: {
        200: goodAnswer('What does not fit, and the safe act for each.', 'reconciliation-answer'),
        ...errorAnswers([
          queryProblem,
          roleProblem,
          otherMerchantProblem,
          routeProblem,
          ...paymentListProblems,
          ...keyProblems,
          ...boundProblems,
          ...listProblems.filter(({ code }) => code === 'lists.timeout'),
          ledgerProblem,
        ]),
      },
    },
  },
};

import { errorAnswers, goodAnswer } from './answers.js';
import { pathParameter } from './parameters.js';
import { callbackProblems } from './problems.js';
import { headerRef, parameterRef } from './references.js';

const tags = ['Operation'];
const security: readonly [] = [];

/** The routes for orchestrators, Prometheus and providers. */
export const operatorPaths = {
  '/health/live': {
    get: {
      operationId: 'readLiveness',
      tags,
      security,
      summary: 'Is the process alive?',
      responses: { 200: goodAnswer('It is.', 'liveness'), ...errorAnswers([]) },
    },
  },
  '/health/ready': {
    get: {
      operationId: 'readReadiness',
      tags,
      security,
      summary: 'May it be sent requests?',
      responses: {
        200: goodAnswer('It may.', 'readiness'),
        503: goodAnswer('It may not.', 'readiness'),
        ...errorAnswers([]),
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'readMetrics',
      tags,
      security,
      summary: 'Figures for Prometheus',
      responses: {
        200: {
          description: 'The figures in the text format of Prometheus.',
          headers: { 'X-Request-Id': headerRef('X-Request-Id') },
          content: { 'text/plain': { schema: { type: 'string' }, example: 'fiscalkit_due 0\n' } },
        },
        ...errorAnswers([]),
      },
    },
  },
  '/callbacks/{account}/{token}': {
    post: {
      operationId: 'takeCallback',
      tags,
      security,
      summary: 'A provider says that something has happened to a document',
      description: [
        'For providers, which find this address in the documents that they are sent. It is there only where the gateway has a key',
        'for callbacks. Nothing that a callback says is believed: the document that it names is asked for sooner. The body is that',
        "of the provider, of any type; the answer is the same whether it names a document or not. Account and token are the gateway's.",
      ].join('\n'),
      parameters: [
        pathParameter('account', 'Account with the provider.', '6f1d0c2ab34e5f60'),
        pathParameter('token', 'Secret of the account.', 'Zq3N0dYtS1mXw8bKc4Rv7LhJp2Gf6TuA'),
        parameterRef('X-Request-Id'),
      ],
      responses: {
        200: {
          description: 'Taken.',
          headers: { 'X-Request-Id': headerRef('X-Request-Id') },
          content: { 'application/json': { schema: { type: 'object' }, example: {} } },
        },
        ...errorAnswers(callbackProblems),
      },
    },
  },
};

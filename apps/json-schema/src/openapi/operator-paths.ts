import { errorAnswers, goodAnswer } from './answers.js';
import { headerRef } from './references.js';

const tags = ['Operation'];
const security: readonly [] = [];

/** The routes for orchestrators and Prometheus. */
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
};

import { errorAnswers, goodAnswer } from './answers.js';
import {
  boundProblems,
  feedProblems,
  ledgerProblem,
  listProblems,
  quotaProblem,
  signatureProblems,
  waitProblems,
} from './problems.js';
import { parameterRef } from './references.js';

/** The route of the feed of events. */
export const eventPaths = {
  '/v5/events': {
    get: {
      operationId: 'readEvents',
      tags: ['Events'],
      security: [{ signature: [] }],
      summary: 'Read events in turn',
      description:
        "The merchant's own events behind a cursor, oldest first: each once, and none is ever passed over. Keep the cursor of the last event whose work is done, and send it as `after`.",
      parameters: [
        {
          name: 'after',
          in: 'query',
          description:
            'Cursor of an earlier answer, letter by letter. Without it, from the first event that is kept.',
          schema: { type: 'string', minLength: 1 },
          example: 'MS4xLjIuMTc3NDk0NzYwMjE1MC42ZTkzNThjOWIyZjM3OGQw',
        },
        {
          name: 'limit',
          in: 'query',
          description: 'Most events of the answer.',
          schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
          example: 100,
        },
        {
          name: 'wait',
          in: 'query',
          description:
            "How long to wait where there is no event yet, in milliseconds; at most the gateway's limit counts.",
          schema: { type: 'string', pattern: '^[0-9]{1,9}$' },
          example: '25000',
        },
        parameterRef('X-Request-Id'),
      ],
      responses: {
        200: goodAnswer('The events; none where there is none yet.', 'event-feed-answer'),
        ...errorAnswers([
          ...feedProblems,
          ...waitProblems,
          ...signatureProblems,
          ...boundProblems,
          quotaProblem,
          ...listProblems,
          ledgerProblem,
        ]),
      },
    },
  },
};

import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
import { endpointProblem } from './endpoint-problems.js';
import { roleProblem } from './operator-problems.js';
import { pathParameter } from './parameters.js';
import {
  actionProblem,
  bodyProblems,
  boundProblems,
  keyProblems,
  ledgerProblem,
  unknownQueryProblem,
} from './problems.js';
import { parameterRef } from './references.js';

const tags = ['Administration'];
const security = [{ administratorKey: [] }];
const requestId = parameterRef('X-Request-Id');
const always = [...keyProblems, ...boundProblems, unknownQueryProblem, ledgerProblem];

const endpoint = [
  pathParameter('merchant', 'Id of the merchant.', '542088'),
  pathParameter('name', 'Name of the endpoint.', 'default'),
  requestId,
];

/** The routes of operators about endpoints of webhooks. */
export const webhookPaths = {
  '/admin/webhooks': {
    get: {
      operationId: 'listWebhooks',
      tags,
      security,
      summary: 'List the endpoints of the merchants that the administrator is for',
      description: 'How each endpoint is. Of its address, only the host is shown; secrets never are.',
      parameters: [requestId],
      responses: {
        200: goodAnswer('The endpoints.', 'webhook-list-answer'),
        ...errorAnswers(always),
      },
    },
  },
  '/admin/webhooks/{merchant}/{name}/deliveries': {
    get: {
      operationId: 'listWebhookDeliveries',
      tags,
      security,
      summary: 'List the last deliveries to an endpoint',
      description: 'The last 200, newest first, each with what came of it.',
      parameters: endpoint,
      responses: {
        200: goodAnswer('The deliveries.', 'webhook-deliveries-answer'),
        ...errorAnswers([endpointProblem, ...always]),
      },
    },
  },
  '/admin/webhooks/{merchant}/{name}/send-again': {
    post: {
      operationId: 'sendWebhooksAgain',
      tags,
      security,
      summary: 'Send events again from a time',
      description:
        'Sends all events from a time on again, as far as they are kept, and also to an endpoint that is disabled: it is active again. Whoever delivers begins within seconds.',
      parameters: endpoint,
      requestBody: { required: true, description: 'From when.', content: jsonOf('webhook-send-again') },
      responses: {
        202: goodAnswer('It will be done.', 'webhook-send-again-answer'),
        ...errorAnswers([...bodyProblems, endpointProblem, roleProblem, actionProblem, ...always]),
      },
    },
  },
};

/** What the gateway sends to endpoints of merchants. */
export const webhooks = {
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['Events'],
      security: [],
      summary: 'Something happened to a receipt or a payment',
      description: [
        'Sent at least once, signed by Standard Webhooks; events of one receipt come in order. A status of 200 to 299 takes it;',
        'any other, or none in time, has it sent again later. 410 ends the endpoint. An id that is known is a repeat.',
      ].join('\n'),
      parameters: [
        {
          name: 'webhook-id',
          in: 'header',
          required: true,
          description: 'Id of the event, the same in every repeat.',
          schema: { type: 'string' },
          example: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5:3:receipt-registered',
        },
        {
          name: 'webhook-timestamp',
          in: 'header',
          required: true,
          description: 'When it was sent, in seconds since 1970.',
          schema: { type: 'string', pattern: '^[0-9]+$' },
          example: '1774947602',
        },
        {
          name: 'webhook-signature',
          in: 'header',
          required: true,
          description:
            'v1, and HMAC-SHA256 in base64 over id, timestamp and body, with points between them; one for each secret, with blanks between them.',
          schema: { type: 'string' },
          example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
        },
      ],
      requestBody: { required: true, description: 'The event.', content: jsonOf('webhook-event') },
      responses: { 204: { description: 'It was taken; so is every other status from 200 to 299.' } },
    },
  },
};

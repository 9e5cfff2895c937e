import { errorAnswers, goodAnswer, jsonOf } from './answers.js';
import { ownEndpointProblems } from './endpoint-problems.js';
import { pathParameter } from './parameters.js';
import {
  bodyProblems,
  boundProblems,
  ledgerProblem,
  pathProblem,
  quotaProblem,
  signatureProblems,
  unknownQueryProblem,
} from './problems.js';
import { parameterRef } from './references.js';

const tags = ['Events'];
const security = [{ signature: [] }];
const requestId = parameterRef('X-Request-Id');
const always = [
  ...ownEndpointProblems.every,
  ...signatureProblems,
  ...boundProblems,
  quotaProblem,
  unknownQueryProblem,
  ledgerProblem,
];
const named = [pathParameter('name', 'Name of the endpoint, of your choice.', 'shop'), requestId];

/** The routes of merchants about endpoints of their own. */
export const ownEndpointPaths = {
  '/v5/webhooks': {
    get: {
      operationId: 'listEndpoints',
      tags,
      security,
      summary: 'List your endpoints of webhooks',
      description: 'How each endpoint is, those of the configuration first. Secrets are never shown.',
      parameters: [requestId],
      responses: {
        200: goodAnswer('The endpoints.', 'webhook-endpoints-answer'),
        ...errorAnswers(always),
      },
    },
  },
  '/v5/webhooks/{name}': {
    get: {
      operationId: 'getEndpoint',
      tags,
      security,
      summary: 'Read one of your endpoints',
      description: 'How the endpoint is.',
      parameters: named,
      responses: {
        200: goodAnswer('The endpoint.', 'webhook-endpoint-answer'),
        ...errorAnswers([...ownEndpointProblems.known, pathProblem, ...always]),
      },
    },
    put: {
      operationId: 'putEndpoint',
      tags,
      security,
      summary: 'Set an endpoint',
      description: [
        'Makes an endpoint of this name, or changes it; the same again changes nothing. Without a secret, one is made for a new endpoint, and shown in this answer alone.',
        'Another secret takes the place of the last, which signs as well for some hours more. All processes deliver accordingly within seconds.',
      ].join('\n'),
      parameters: named,
      requestBody: { required: true, description: 'The endpoint.', content: jsonOf('webhook-endpoint') },
      responses: {
        200: goodAnswer('The endpoint as it is now.', 'webhook-endpoint-put-answer'),
        ...errorAnswers([...bodyProblems, ...ownEndpointProblems.put, pathProblem, ...always]),
      },
    },
    delete: {
      operationId: 'deleteEndpoint',
      tags,
      security,
      summary: 'Delete an endpoint',
      description:
        'It is sent nothing more, by any process. Another of the same name begins with what happens from then on.',
      parameters: named,
      responses: {
        200: goodAnswer('It is deleted.', 'webhook-deleted-answer'),
        ...errorAnswers([...ownEndpointProblems.delete, pathProblem, ...always]),
      },
    },
  },
};

import { problem } from './problem.js';

/** There is no such endpoint of webhooks. */
export const endpointProblem = problem(404, 'webhook.not-found', 'There is no such endpoint.');

const noOwnEndpoints = problem(
  404,
  'webhooks.off',
  'Merchants set no webhooks here: whoever runs the gateway gives webhooks.key (FISCALKIT_WEBHOOK_KEY) first.',
);
const configuredEndpoint = problem(
  409,
  'webhook.configured',
  'The endpoint of this name is in the configuration of the gateway: choose another name.',
);

/** Errors of the routes for endpoints of a merchant's own, whose names are in their paths. */
export const ownEndpointProblems = {
  every: [
    noOwnEndpoints,
    problem(
      503,
      'webhooks.key',
      'What is stored was encrypted with another key than webhooks.key (FISCALKIT_WEBHOOK_KEY).',
    ),
  ],
  known: [endpointProblem],
  put: [
    problem(
      404,
      'events.off',
      'The feed of events is switched off here, or was by another process of this ledger.',
    ),
    configuredEndpoint,
    problem(
      409,
      'webhook.too-many',
      'A merchant has at most 10 endpoints, those of the configuration among them.',
    ),
    problem(400, 'webhook.name.format', 'The name of an endpoint is 1 to 32 letters, digits, _ or -.'),
    problem(422, 'webhook.invalid', 'The endpoint has faults; nothing was changed.'),
  ],
  delete: [endpointProblem, configuredEndpoint],
};

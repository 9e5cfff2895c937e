import type { Variable } from './variable.js';

/** How documents go to providers. */
export const deliveryVariables: readonly Variable[] = [
  {
    name: 'FISCALKIT_CONCURRENCY',
    path: ['delivery', 'concurrency'],
    kind: 'number',
    help: 'attempts under way at the same time, per account of a provider (32)',
  },
  {
    name: 'FISCALKIT_MOST_CALLS',
    path: ['delivery', 'mostCalls'],
    kind: 'number',
    help: 'attempts under way at the same time, to all accounts together (256, or twice the concurrency)',
  },
  {
    name: 'FISCALKIT_ATTEMPTS_PER_SECOND',
    path: ['delivery', 'perSecond'],
    kind: 'number',
    help: 'attempts begun in a second, per account of a provider (no limit)',
  },
  {
    name: 'FISCALKIT_UNKNOWN_AFTER_MS',
    path: ['delivery', 'unknownAfterMs'],
    kind: 'number',
    help: 'how long an outcome may stay unknown before somebody is told, in milliseconds (600000)',
  },
  {
    name: 'FISCALKIT_OVERDUE_AFTER_MS',
    path: ['delivery', 'overdueAfterMs'],
    kind: 'number',
    help: 'how long a document may wait for its registration before somebody is told, in milliseconds (86400000)',
  },
];

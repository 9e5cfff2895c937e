import type { Variable } from './variable.js';

/** How documents go to providers. */
export const deliveryVariables: readonly Variable[] = [
  {
    name: 'FISCALKIT_CONCURRENCY',
    path: ['delivery', 'concurrency'],
    kind: 'number',
    help: 'attempts under way at the same time, per provider (32)',
  },
  {
    name: 'FISCALKIT_ATTEMPTS_PER_SECOND',
    path: ['delivery', 'perSecond'],
    kind: 'number',
    help: 'attempts begun in a second, per provider (no limit)',
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

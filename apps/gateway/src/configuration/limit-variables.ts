import type { Variable } from './variable.js';

/** What callers may ask of the process. */
export const limitVariables: readonly Variable[] = [
  {
    name: 'FISCALKIT_MAX_BODY_BYTES',
    path: ['limits', 'bodyBytes'],
    kind: 'number',
    help: 'largest body of a request, in bytes (1048576)',
  },
  {
    name: 'FISCALKIT_MAX_NESTING',
    path: ['limits', 'nesting'],
    kind: 'number',
    help: 'deepest nesting of a body (16)',
  },
  {
    name: 'FISCALKIT_MAX_CONCURRENT_REQUESTS',
    path: ['limits', 'concurrentRequests'],
    kind: 'number',
    help: 'requests served at the same time; more get 503 (1000)',
  },
  {
    name: 'FISCALKIT_MAX_CONNECTIONS',
    path: ['limits', 'connections'],
    kind: 'number',
    help: 'open connections; over it the one idle for longest makes room (16384)',
  },
  {
    name: 'FISCALKIT_REQUESTS_PER_SECOND',
    path: ['limits', 'requestsPerSecond'],
    kind: 'number',
    help: 'requests of one merchant in a second, or none for no limit; more get 429 (1000)',
  },
  {
    name: 'FISCALKIT_MAX_LISTS',
    path: ['limits', 'lists'],
    kind: 'number',
    help: 'lists of one merchant that are read at the same time (4)',
  },
  {
    name: 'FISCALKIT_MAX_WAITING_LISTS',
    path: ['limits', 'waitingLists'],
    kind: 'number',
    help: 'lists of one merchant that wait for their turn; more get 429 (32)',
  },
  {
    name: 'FISCALKIT_MAX_FAILED_AUTHENTICATIONS',
    path: ['limits', 'failedAuthenticationsPerMinute'],
    kind: 'number',
    help: 'wrong keys and signatures of one address in a minute, or none for no limit (120)',
  },
  {
    name: 'FISCALKIT_REQUEST_TIMEOUT_MS',
    path: ['limits', 'requestTimeoutMs'],
    kind: 'number',
    help: 'time for a request to arrive whole, in milliseconds (15000)',
  },
  {
    name: 'FISCALKIT_MAX_WAIT_MS',
    path: ['limits', 'waitMs'],
    kind: 'number',
    help: 'longest that ?wait= may ask for, in milliseconds (30000)',
  },
  {
    name: 'FISCALKIT_DRAIN_MS',
    path: ['limits', 'drainMs'],
    kind: 'number',
    help: 'time for attempts under way to end at shutdown, in milliseconds (10000)',
  },
];

import { z } from 'zod';
import { milliseconds, whole } from './field-schemas.js';
import { setting } from './setting.js';

/** Requests that one merchant may make in a second; `null` for no limit. */
export const requestsPerSecondSchema = whole(1, 1_000_000).nullable();

/** Limits of one process for strangers, callers and slow networks. */
export const limitsSchema = z.strictObject({
  bodyBytes: setting(whole(1024, 16_777_216).default(1_048_576), {
    variable: 'FISCALKIT_MAX_BODY_BYTES',
    help: 'largest body of a request, in bytes',
    guide: 'largest body of a request, in bytes; over it 413 `body.too-large`',
  }),
  reconciliationBytes: setting(whole(1024, 1_073_741_824).default(16_777_216), {
    variable: 'FISCALKIT_MAX_RECONCILIATION_BYTES',
    help: 'largest list of payments of POST /admin/reconciliations, in bytes',
    guide:
      'largest list of payments of `POST /admin/reconciliations`, in bytes; over it 413 `body.too-large`: the command `reconcile` takes any',
  }),
  nesting: setting(whole(4, 64).default(16), {
    variable: 'FISCALKIT_MAX_NESTING',
    help: 'deepest nesting of a body',
    guide: 'deepest nesting of a body; over it 400 `body.json.depth`',
  }),
  concurrentRequests: setting(whole(1, 100_000).default(1000), {
    variable: 'FISCALKIT_MAX_CONCURRENT_REQUESTS',
    help: 'requests served at the same time; more get 503',
    guide: 'requests at work; more get 503 `gateway.busy`; of bodies on their way, the slowest is cut off',
  }),
  connections: setting(whole(16, 1_000_000).default(16_384), {
    variable: 'FISCALKIT_MAX_CONNECTIONS',
    help: 'open connections; over it the one idle for longest makes room',
  }),
  requestsPerSecond: setting(requestsPerSecondSchema.default(1000), {
    variable: 'FISCALKIT_REQUESTS_PER_SECOND',
    help: 'requests of one merchant in a second, or none for no limit; more get 429',
    guide:
      'requests of one merchant in a second, in one process; more get 429 `request.rate`, `Retry-After`; `null` for no limit',
  }),
  lists: setting(whole(1, 1024).default(4), {
    variable: 'FISCALKIT_MAX_LISTS',
    help: 'lists of one merchant that are read at the same time',
  }),
  waitingLists: setting(whole(0, 100_000).default(32), {
    variable: 'FISCALKIT_MAX_WAITING_LISTS',
    help: 'lists of one merchant that wait for their turn; more get 429',
    guide: 'lists of one merchant that wait for their turn; more get 429 `lists.busy`, `Retry-After`',
  }),
  eventWaits: setting(whole(0, 10_000).default(16), {
    variable: 'FISCALKIT_MAX_EVENT_WAITS',
    help: 'reads of the events of one merchant that wait for one at the same time; more get 429',
    guide:
      'reads of `/v5/events` of one merchant that wait for an event at the same time; more get 429 `events.busy`; of all merchants together, half of `concurrentRequests`',
  }),
  failedAuthenticationsPerMinute: setting(whole(1, 1_000_000).nullable().default(120), {
    variable: 'FISCALKIT_MAX_FAILED_AUTHENTICATIONS',
    help: 'wrong keys and signatures of one address in a minute, or none for no limit',
    guide:
      'wrong keys and signatures of one client address in a minute; over it 429 `access.rate` until the minute is over; `null` for no limit',
  }),
  requestTimeoutMs: setting(milliseconds.default(15_000), {
    variable: 'FISCALKIT_REQUEST_TIMEOUT_MS',
    help: 'time for a request to arrive whole, in milliseconds',
    guide: 'time for a request to arrive, headers and body, in milliseconds; over it 408 `request.timeout`',
  }),
  waitMs: setting(milliseconds.default(30_000), {
    variable: 'FISCALKIT_MAX_WAIT_MS',
    help: 'longest that ?wait= may ask for, in milliseconds',
    guide: 'longest that `?wait=` may ask for, in milliseconds; more is cut to it',
  }),
  drainMs: setting(milliseconds.default(10_000), {
    variable: 'FISCALKIT_DRAIN_MS',
    help: 'time for attempts under way to end at shutdown, in milliseconds',
    guide:
      'time for attempts under way to end at shutdown, in milliseconds; then they are cut off and found out after the next start',
  }),
  lingerMs: setting(whole(0, 60_000).default(200), {
    variable: 'FISCALKIT_LINGER_MS',
    help: 'time for which open connections without a request are kept at shutdown, in milliseconds',
    guide:
      'time for which open connections without a request are kept at shutdown, in milliseconds: a request that is on its way over one is still served',
  }),
});

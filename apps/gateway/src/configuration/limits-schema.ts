import { z } from 'zod';
import { milliseconds, whole } from './bounds.js';

/** Requests that one merchant may make in a second; `null` for no limit. */
export const requestsPerSecondSchema = whole(1, 1_000_000).nullable();

/** What strangers, callers and slow networks may ask of one process. */
export const limitsSchema = z.strictObject({
  bodyBytes: whole(1024, 16_777_216).default(1_048_576),
  nesting: whole(4, 64).default(16),
  concurrentRequests: whole(1, 100_000).default(1000),
  /** Open connections; over it the one that has been idle for longest makes room. */
  connections: whole(16, 1_000_000).default(16_384),
  requestsPerSecond: requestsPerSecondSchema.default(1000),
  /** Requests of one client address that fail to prove who asks, in a minute; `null` for no limit. */
  failedAuthenticationsPerMinute: whole(1, 1_000_000).nullable().default(120),
  /** Lists of one merchant that are read at the same time, and that wait for their turn. */
  lists: whole(1, 1024).default(4),
  waitingLists: whole(0, 100_000).default(32),
  requestTimeoutMs: milliseconds.default(15_000),
  waitMs: milliseconds.default(30_000),
  drainMs: milliseconds.default(10_000),
});

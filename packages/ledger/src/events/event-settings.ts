import type { BackOff } from '../state/delivery-policy.js';

/** How events are delivered to handlers. Times in milliseconds. */
export interface EventSettings {
  /** Calls of one handler at the same time. */
  readonly concurrency: number;
  /** Before a handler that failed is called with the same event again. */
  readonly retry: BackOff;
  /** Longest call of a handler; one that takes longer counts as failed, though it can't be stopped. */
  readonly callMs: number;
  /** How long a worker holds an event: longer than `callMs`, with time to write what came of it. */
  readonly leaseMs: number;
  /** Longest sleep before looking for events again. */
  readonly pollMs: number;
  /** After how long in the state `unknown` an entry is announced as `unknown-for-long`. */
  readonly unknownForLongMs: number;
  /** How often to look for entries that are delayed. */
  readonly lookEveryMs: number;
}

/** Right for handlers that write to a database or send mail. */
export const defaultEventSettings: EventSettings = {
  concurrency: 16,
  retry: { baseMs: 1_000, factor: 2, capMs: 600_000, jitter: 0.2 },
  callMs: 60_000,
  leaseMs: 120_000,
  pollMs: 5_000,
  unknownForLongMs: 600_000,
  lookEveryMs: 5_000,
};

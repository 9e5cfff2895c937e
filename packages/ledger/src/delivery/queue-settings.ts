import type { Provider } from '@fiscalkit/client';
import type { DeliveryPolicy } from '../entry/retry-policy.js';
import type { LedgerSignal } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { BreakerSettings } from './circuit-breaker.js';
import type { Places } from './places.js';

/** How the accounts of one provider are delivered to. */
export interface QueueSettings {
  /** Calls to one account at the same time. */
  readonly concurrency: number;
  /** Calls per second to one account, also the largest burst; `null` for no limit. */
  readonly perSecond: number | null;
  /** Every account has a circuit breaker of its own. */
  readonly breaker: BreakerSettings;
  /** How long a worker holds an entry: longer than `startWithinMs` and `callMs` together, with time to write the result. */
  readonly leaseMs: number;
  /** A call that has not begun this long after its claim is not made. The age of an attempt is known to this precision. */
  readonly startWithinMs: number;
  /** Longest call to a provider, whatever the provider's own limits are. */
  readonly callMs: number;
  /** Longest sleep before looking for due entries again. */
  readonly pollMs: number;
  /**
   * For how long entries must have been due that nobody delivers before they are given the reason, and how often they are looked
   * for: another process may have their account configured. What waits at the start is given it at once.
   */
  readonly unconfiguredMs: number;
}

/** Right for a provider of which nothing is known but that calls may take up to half a minute. */
export const defaultQueueSettings: QueueSettings = {
  concurrency: 32,
  perSecond: null,
  breaker: { failures: 3, coolDownMs: 1_000, factor: 2, capMs: 15_000 },
  leaseMs: 25_000,
  startWithinMs: 2_000,
  callMs: 15_000,
  pollMs: 5_000,
  unconfiguredMs: 60_000,
};

/** What a queue works with. */
export interface QueueDependencies {
  /** Name of the provider that the queue delivers to. */
  readonly provider: string;
  readonly store: LedgerStore;
  readonly resolve: (merchant: string, provider: string) => Provider | null;
  readonly settings: QueueSettings;
  /** Shared with the queues of other providers. */
  readonly places: Places;
  /** Called when a place is free again. */
  readonly placeFreed: () => void;
  /** Whether more merchants than one have the account. */
  readonly isShared: (account: string) => boolean;
  readonly policy: DeliveryPolicy;
  /** Name of this worker in leases and journal. */
  readonly worker: string;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

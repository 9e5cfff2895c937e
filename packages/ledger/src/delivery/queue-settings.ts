import type { Provider } from '@fiscalkit/client';
import type { DeliveryPolicy } from '../entry/retry-policy.js';
import type { LedgerSignal } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { BreakerSettings } from './circuit-breaker.js';
import type { Places } from './places.js';

/** Settings of delivery to the accounts of one provider. */
export interface QueueSettings {
  /** Calls to one account at the same time. */
  readonly concurrency: number;
  /** Calls per second to one account, and its largest burst; `null` for no limit. */
  readonly perSecond: number | null;
  /** Circuit breaker of each account. */
  readonly breaker: BreakerSettings;
  /** Lease of an entry: longer than `startWithinMs` and `callMs` together, with time to write the result. */
  readonly leaseMs: number;
  /**
   * Time after its claim within which a call must begin, else it is not made. The age of an attempt is known
   * to this precision.
   */
  readonly startWithinMs: number;
  /** Longest call to a provider, whatever the provider's own limits are. */
  readonly callMs: number;
  /** Longest sleep between polls for due entries. */
  readonly pollMs: number;
  /**
   * How long entries must have been due without delivery before they are given the reason, and how often they
   * are searched for: another process may have their account configured. What waits at the start is given it
   * at once.
   */
  readonly unconfiguredMs: number;
}

/** Defaults that suit a provider of which nothing is known but that calls may take up to half a minute. */
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

/** Dependencies of a queue. */
export interface QueueDependencies {
  /** Name of the provider that the queue delivers to. */
  readonly provider: string;
  readonly store: LedgerStore;
  readonly resolve: (merchant: string, provider: string) => Provider | null;
  /** Returns the address that a document of a merchant tells its provider, if there is one. */
  readonly callbackUrlOf: (provider: Provider, merchant: string) => string | undefined;
  readonly settings: QueueSettings;
  /** Places, shared with the queues of other providers. */
  readonly places: Places;
  /** Called when a place becomes free. */
  readonly placeFreed: () => void;
  /** Whether several merchants share the account. */
  readonly isShared: (account: string) => boolean;
  readonly policy: DeliveryPolicy;
  /** Name of this worker in leases and journal. */
  readonly worker: string;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

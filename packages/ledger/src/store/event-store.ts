import type { Entry } from '../entry/entry.js';
import type { Delay, StoredEvent, Subscription } from '../entry/fiscal-event.js';

/** An event on its way to one handler, held by one worker for a while. */
export interface EventDelivery<Stored = Entry> {
  readonly id: number;
  readonly handler: string;
  readonly event: StoredEvent<Stored>;
  /** Rises with every claim of the delivery; a result with an older fence is refused. */
  readonly fence: number;
  /** How often the delivery was claimed, this time counted. */
  readonly attempts: number;
}

export interface DeliveryQuery {
  readonly handler: string;
  readonly limit: number;
  /** How long the worker may hold the deliveries, in milliseconds of the store's clock. */
  readonly leaseMs: number;
  readonly worker: string;
}

/** What came of a delivery, to write under the fence of its claim. */
export interface DeliveryResult {
  readonly id: number;
  readonly fence: number;
  /** `done` ends the delivery, otherwise it is due again after so many milliseconds. */
  readonly result: 'done' | { readonly retryInMs: number };
}

export interface DelayQuery {
  readonly delay: Delay;
  /** How long the entry has been in the state `unknown`, or accepted and not final. */
  readonly olderThanMs: number;
  readonly limit: number;
}

/**
 * Store of events for their handlers. A subscribed event is written in the same transaction as its cause,
 * acceptance or the final result, so neither ever exists without the other. Events without a subscription are
 * not written.
 */
export interface EventStore {
  /**
   * Sets the kinds of the handlers named; other handlers keep theirs, because they may belong to another
   * process. A handler hears of what happens from then on. What waits for it of kinds that it no longer has
   * is dropped; without kinds, the handler is forgotten.
   */
  subscribe(subscriptions: readonly Subscription[]): Promise<void>;
  /**
   * Takes due deliveries of a handler, oldest due first, also those whose lease ran out. The events of one
   * entry come to a handler one at a time, in the order in which they happened.
   */
  claimDeliveries(query: DeliveryQuery): Promise<EventDelivery[]>;
  /**
   * Writes the result of a delivery. `lease-lost`: another worker holds it, or it is gone; nothing written.
   */
  settleDelivery(result: DeliveryResult): Promise<'written' | 'lease-lost'>;
  /** Returns milliseconds until the handler's next delivery is due, or its lease ends; `null` for none. */
  nextDeliveryInMs(handler: string): Promise<number | null>;
  /** Announces a delay of the entries that have it, oldest first, each once in its life; returns how many. */
  raise(query: DelayQuery): Promise<number>;
}

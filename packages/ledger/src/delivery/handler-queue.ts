import type { FiscalEvent, FiscalEventKind, StoredEvent, Subscription } from '../entry/fiscal-event.js';
import { type HandlerFailure, handlerFailure } from '../entry/handler-failure.js';
import { type BackOff, backOffMs } from '../entry/retry-policy.js';
import type { LedgerSignal } from '../entry/signals.js';
import type { DeliveryResult, EventDelivery, EventStore } from '../store/event-store.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { CallsUnderWay } from './calls-under-way.js';
import { keepWriting } from './keep-writing.js';
import { WorkLoop } from './work-loop.js';

/** Least sleep after an empty poll, so that no error in due times becomes a hot loop. */
const leastSleepMs = 10;

/** Delivers events to one handler: claims what is due, within its concurrency, and calls it. */
export class HandlerQueue {
  readonly #dependencies: HandlerQueueDependencies;
  readonly #handler: EventHandler;
  readonly #loop: WorkLoop;
  readonly #calls = new CallsUnderWay(() => this.wake());

  constructor(dependencies: HandlerQueueDependencies, handler: EventHandler) {
    const { emit, random, settings } = dependencies;
    this.#dependencies = dependencies;
    this.#handler = handler;
    this.#loop = new WorkLoop({ turn: () => this.#turn(), pollMs: settings.pollMs, emit, random });
  }

  start(): void {
    this.#loop.start();
  }

  /** Signals that an event may be due. */
  wake(): void {
    this.#loop.wake();
  }

  /** Stops claiming, gives the calls under way a grace, and leaves the rest to be called again. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    await this.#calls.drain(graceMs);
  }

  /** Does what can be done now; returns how long to sleep. */
  async #turn(): Promise<number> {
    const { store, settings, worker } = this.#dependencies;
    const { handler } = this.#handler;
    const limit = settings.concurrency - this.#calls.count;
    // Without a free place, nothing can begin before a call ends.
    if (limit <= 0) return Number.POSITIVE_INFINITY;
    const deliveries = await store.claimDeliveries({ handler, limit, worker, leaseMs: settings.leaseMs });
    for (const delivery of deliveries) this.#calls.begin((call) => this.#deliver(delivery, call));
    if (deliveries.length === limit) return 0;
    const dueInMs = (await store.nextDeliveryInMs(handler)) ?? settings.pollMs;
    return Math.max(dueInMs, leastSleepMs);
  }

  async #deliver(delivery: EventDelivery, call: AbortController): Promise<void> {
    const { settings, emit } = this.#dependencies;
    const { event, id, fence, attempts } = delivery;
    const budget = setTimeout(() => call.abort(handlerTookTooLong), settings.callMs);
    const outcome = await callHandler(this.#handler.callback, event, call.signal);
    clearTimeout(budget);
    if (outcome.kind === 'failed') {
      const { handler } = this.#handler;
      const { errorName, message, stack } = outcome;
      emit({ type: 'event-failed', handler, kind: event.kind, attempts, errorName, message, stack });
    }
    await this.#write({ id, fence, result: this.#resultOf(outcome, attempts) });
  }

  #resultOf(outcome: HandlerOutcome, attempts: number): DeliveryResult['result'] {
    const { settings, random } = this.#dependencies;
    switch (outcome.kind) {
      case 'done':
        return 'done';
      case 'cut-off':
        return { retryInMs: 0 };
      case 'failed':
        return { retryInMs: backOffMs(settings.retry, attempts - 1, random) };
    }
  }

  async #write(result: DeliveryResult): Promise<void> {
    const { store, settings, emit, random, elapsed } = this.#dependencies;
    const abandoned = () => this.#calls.abandoned;
    const limits = { leaseMs: settings.leaseMs, abandoned, emit, random, elapsed };
    await keepWriting(() => store.settleDelivery(result), limits);
  }
}

/** Outcome of a call; `cut-off` when delivery stopped before the handler ended. */
export type HandlerOutcome =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' } & HandlerFailure)
  | { readonly kind: 'cut-off' };

/** Abort reason of a call that takes longer than any call may. */
const handlerTookTooLong = new DOMException('The handler took too long.', 'TimeoutError');

/** Calls a handler, and waits until it ends or the signal is aborted. Never throws. */
async function callHandler(
  callback: EventHandler['callback'],
  event: StoredEvent,
  signal: AbortSignal,
): Promise<HandlerOutcome> {
  try {
    await Promise.race([callback(event), whenAborted(signal)]);
    return { kind: 'done' };
  } catch (error) {
    const cutOff = signal.aborted && error === signal.reason && error !== handlerTookTooLong;
    return cutOff ? { kind: 'cut-off' } : { kind: 'failed', ...handlerFailure(error) };
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Handles events of these kinds. On an error it is called again with the same event, with back-off. */
export type EventCallback<Kind extends FiscalEventKind = FiscalEventKind> = (
  event: FiscalEvent<Kind>,
) => Promise<void> | void;

/** A subscription of this process. */
export interface EventHandler extends Subscription {
  readonly callback: (event: StoredEvent) => Promise<void> | void;
}

/** Dependencies of event delivery. */
export interface HandlerQueueDependencies {
  readonly store: EventStore & Pick<LedgerStore, 'onWake'>;
  readonly settings: EventSettings;
  /** Age at which an entry that is not final is announced as overdue, in milliseconds. */
  readonly overdueAfterMs: number;
  /** Whether delays are announced also where no handler is told of them, for the log of events. */
  readonly isLogged: boolean;
  /** Name of this worker in leases. */
  readonly worker: string;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

/** Settings of event delivery. Times in milliseconds. */
export interface EventSettings {
  /** Calls of one handler at the same time. */
  readonly concurrency: number;
  /** Delay before a failed handler is called with the same event again. */
  readonly retry: BackOff;
  /** Longest call of a handler; a longer one counts as failed, though it can't be stopped. */
  readonly callMs: number;
  /** Lease of an event: longer than `callMs`, with time to write the result. */
  readonly leaseMs: number;
  /** Longest sleep between polls for events. */
  readonly pollMs: number;
  /** Time in the state `unknown` after which an entry is announced as `unknown-for-long`. */
  readonly unknownForLongMs: number;
  /** Interval of polls for delayed entries. */
  readonly pollIntervalMs: number;
}

/** Defaults that suit handlers which write to a database or send mail. */
export const defaultEventSettings: EventSettings = {
  concurrency: 16,
  retry: { baseMs: 1_000, factor: 2, capMs: 600_000, jitter: 0.2 },
  callMs: 60_000,
  leaseMs: 120_000,
  pollMs: 5_000,
  unknownForLongMs: 600_000,
  pollIntervalMs: 5_000,
};

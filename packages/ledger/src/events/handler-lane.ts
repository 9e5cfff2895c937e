import { CallsUnderWay } from '../delivery/calls-under-way.js';
import { keepWriting } from '../delivery/keep-writing.js';
import { WorkLoop } from '../delivery/work-loop.js';
import { backOffMs } from '../state/back-off.js';
import type { DeliveryResult, EventDelivery } from '../store/event-store.js';
import { callHandler, type HandlerOutcome, handlerTookTooLong } from './call-handler.js';
import type { CourierParts } from './courier-parts.js';
import type { EventHandler } from './event-handler.js';

/** Least sleep after looking in vain, so that no mistake about due times becomes a hot loop. */
const leastSleepMs = 10;

/** Delivers events to one handler: claims what is due, no more than it may be called with now, and calls it. */
export class HandlerLane {
  readonly #parts: CourierParts;
  readonly #handler: EventHandler;
  readonly #loop: WorkLoop;
  readonly #calls = new CallsUnderWay(() => this.wake());

  constructor(parts: CourierParts, handler: EventHandler) {
    const { emit, random, settings } = parts;
    this.#parts = parts;
    this.#handler = handler;
    this.#loop = new WorkLoop({ turn: () => this.#turn(), pollMs: settings.pollMs, emit, random });
  }

  start(): void {
    this.#loop.start();
  }

  /** Says that an event may be due. */
  wake(): void {
    this.#loop.wake();
  }

  /** Stops claiming, gives the calls under way a grace, and leaves the rest to be called again. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    await this.#calls.drain(graceMs);
  }

  /** Does what can be done now; answers how long to sleep. */
  async #turn(): Promise<number> {
    const { store, settings, worker } = this.#parts;
    const { handler } = this.#handler;
    const limit = settings.concurrency - this.#calls.count;
    // Without a free place, the end of a call is what to wait for.
    if (limit <= 0) return Number.POSITIVE_INFINITY;
    const deliveries = await store.claimDeliveries({ handler, limit, worker, leaseMs: settings.leaseMs });
    for (const delivery of deliveries) this.#calls.begin((call) => this.#deliver(delivery, call));
    if (deliveries.length === limit) return 0;
    const dueInMs = (await store.nextDeliveryInMs(handler)) ?? settings.pollMs;
    return Math.max(dueInMs, leastSleepMs);
  }

  async #deliver(delivery: EventDelivery, call: AbortController): Promise<void> {
    const { settings, emit } = this.#parts;
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
    const { settings, random } = this.#parts;
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
    const { store, settings, emit, random, elapsed } = this.#parts;
    const abandoned = () => this.#calls.abandoned;
    const limits = { leaseMs: settings.leaseMs, abandoned, emit, random, elapsed };
    await keepWriting(() => store.settleDelivery(result), limits);
  }
}

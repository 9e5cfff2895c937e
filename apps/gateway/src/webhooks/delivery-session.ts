import type { HeldReader } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import { type AttemptedDelivery, attemptDelivery } from './attempt-delivery.js';
import { DeliveryWindow, mostAhead, type PendingEvent } from './delivery-window.js';
import { delayOf, EndpointBreaker } from './endpoint-breaker.js';
import type { EndpointDependencies } from './endpoint-dependencies.js';
import { newReaderState, parseReaderState, type ReaderState, readerRequestSchema } from './reader-state.js';
import { readerName } from './webhook-settings.js';

/** Deliveries to one endpoint that are under way at the same time, each of another receipt. */
export const mostUnderWay = 8;

/** Least time between two writes of how far it is, in milliseconds. */
const writeEveryMs = 100;

/** How long a read of events waits for one, and how long it is put off when it fails, in milliseconds. */
const readWaitMs = 20_000;
const readAgainMs = 1_000;

/** Delivers the events of one endpoint as long as this process holds its reader. */
export class DeliverySession {
  readonly #dependencies: EndpointDependencies;
  readonly #fence: number;
  readonly #ended = new AbortController();
  readonly #lines: string[] = [];
  readonly #alreadyDone: Set<string>;
  readonly #breaker: EndpointBreaker;
  #state: ReaderState;
  #window: DeliveryWindow;
  /** Ended when it begins at another place, where a read of before is of no use. */
  #reading = new AbortController();
  #readUpTo: string;
  #request: string | null;
  #answered: string | null = null;
  #underWay = 0;
  #isReading = false;
  #readAt = 0;
  #isChanged = true;
  #writtenAt = 0;
  #leaseEndsAt: number;
  /** Last failure in a row that this process has seen, on a clock that never jumps. */
  #failedAt: number | null = null;
  #wake = () => {};
  #isWoken = false;

  private constructor(dependencies: EndpointDependencies, held: HeldReader, state: ReaderState) {
    this.#dependencies = dependencies;
    this.#fence = held.fence;
    this.#request = held.request;
    this.#state = state;
    this.#alreadyDone = new Set(state.done);
    this.#window = new DeliveryWindow(state.cursor);
    this.#readUpTo = state.cursor;
    this.#breaker = new EndpointBreaker(dependencies.settings);
    this.#leaseEndsAt = performance.now() + dependencies.leaseMs;
  }

  /** Begins where the last holder ended; an endpoint that is new, where it was set, or with the next event. */
  static async begin(dependencies: EndpointDependencies, held: HeldReader): Promise<DeliverySession> {
    const { endpoint, events } = dependencies;
    const state = parseReaderState(held.state, endpoint.url);
    const newest = () => events.cursorAt({ merchant: endpoint.merchant });
    const begun = state ?? newReaderState(endpoint.own?.cursor ?? (await newest()), endpoint.url);
    if (begun.disabled) dependencies.reporter.disabled(begun.disabled.why);
    else if (begun.failingSince !== null) dependencies.reporter.failing();
    return new DeliverySession(dependencies, held, begun);
  }

  /** Delivers until the signal, or until another process holds the reader. */
  async run(stopping: AbortSignal): Promise<void> {
    // Until it ends: the worker outlives many sessions.
    stopping.addEventListener('abort', () => this.#notify(), { signal: this.#ended.signal });
    try {
      while (!stopping.aborted) {
        await this.#answerRequest();
        if (!this.#state.disabled) {
          this.#send();
          this.#read();
        }
        if (this.#isWriteDue() && !(await this.#write(this.#dependencies.leaseMs))) return;
        await this.#sleep();
      }
      await this.#settled();
      await this.#write(0);
    } finally {
      this.#dependencies.reporter.left();
      this.#ended.abort();
    }
  }

  /** Reads soon what an administrator has left to do. */
  hurry(): void {
    this.#isChanged = true;
    this.#notify();
  }

  /**
   * Begins again at the cursor of a request, or with what is not delivered yet, once nothing is under way that
   * could overtake.
   */
  async #answerRequest(): Promise<void> {
    if (this.#request === null || this.#request === this.#answered || this.#underWay > 0) return;
    const { cursor } = readerRequestSchema.parse(JSON.parse(this.#request));
    const { endpoint, events } = this.#dependencies;
    const notBehind = [cursor, this.#window.cursor];
    this.#beginAt(await events.cursorAt({ merchant: endpoint.merchant, notBehind }));
    this.#state = { ...this.#state, disabled: null, failingSince: null, failedMs: 0 };
    this.#failedAt = null;
    this.#breaker.succeeded();
    this.#dependencies.reporter.active();
    this.#answered = this.#request;
    this.#request = null;
  }

  #beginAt(cursor: string): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#window = new DeliveryWindow(cursor);
    this.#readUpTo = cursor;
    this.#alreadyDone.clear();
    this.#isChanged = true;
  }

  #send(): void {
    if (this.#request !== null) return;
    const now = performance.now();
    // Whoever takes the reader over must not meet a delivery of ours that is late.
    if (now + this.#dependencies.settings.attemptMs > this.#leaseEndsAt) return;
    for (let free = this.#breaker.places(now, mostUnderWay) - this.#underWay; free > 0; free -= 1) {
      const next = this.#window.next(now);
      if (!next) return;
      void this.#deliver(next);
    }
  }

  async #deliver(pending: PendingEvent): Promise<void> {
    pending.state = 'under-way';
    pending.attempts += 1;
    this.#underWay += 1;
    const attempted = await attemptDelivery(this.#dependencies, pending.event, this.#ended.signal);
    this.#underWay -= 1;
    pending.state = attempted.outcome === 'delivered' ? 'done' : 'waiting';
    pending.dueAt = performance.now() + delayOf(this.#dependencies.settings, pending.attempts - 1);
    if (attempted.outcome !== 'not-sent') this.#note(pending, attempted);
    this.#window.advance();
    this.#isChanged = true;
    this.#notify();
  }

  #note({ event, attempts }: PendingEvent, attempted: AttemptedDelivery): void {
    const { reporter, settings } = this.#dependencies;
    const { outcome, status, code, durationMs, retryAfterMs } = attempted;
    const at = new Date();
    const { id, type, data } = event;
    this.#lines.push(
      JSON.stringify({
        at: at.toISOString(),
        event_id: id,
        type,
        receipt_id: data.receipt_id,
        attempt: attempts,
        outcome,
        status,
        code,
        duration_ms: durationMs,
      }),
    );
    reporter.attempted(attempted, this.#state.failingSince !== null);
    if (outcome === 'delivered') {
      this.#breaker.succeeded();
      this.#state = { ...this.#state, failingSince: null, failedMs: 0 };
      this.#failedAt = null;
      return;
    }
    const now = performance.now();
    this.#breaker.failed(now, retryAfterMs);
    const failingSince = this.#state.failingSince ?? at.getTime();
    const failedMs = this.#state.failedMs + (now - (this.#failedAt ?? now));
    this.#failedAt = now;
    this.#state = { ...this.#state, failingSince, failedMs };
    if (status === 410) this.#disable('gone');
    else if (failedMs >= settings.disableAfterMs) this.#disable('failing');
  }

  #disable(why: 'gone' | 'failing'): void {
    if (this.#state.disabled) return;
    this.#state = { ...this.#state, disabled: { at: Date.now(), why } };
    this.#dependencies.reporter.disabled(why);
  }

  #read(): void {
    if (this.#isReading || !this.#window.isOpen || performance.now() < this.#readAt) return;
    this.#isReading = true;
    void this.#readOn(AbortSignal.any([this.#ended.signal, this.#reading.signal])).finally(() => {
      this.#isReading = false;
      this.#notify();
    });
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    const { endpoint, events } = this.#dependencies;
    const { merchant, types } = endpoint;
    const request = { merchant, after: this.#readUpTo, limit: mostAhead, waitMs: readWaitMs };
    try {
      const page = await events.after({ ...request, signal });
      // Somebody has asked for another place meanwhile.
      if (signal.aborted) return;
      for (const event of page.events) {
        const isUnwanted = types !== undefined && !types.includes(event.type);
        this.#window.add(event, isUnwanted || this.#alreadyDone.has(event.id));
      }
      this.#readUpTo = page.cursor;
      if (page.events.length > 0) this.#isChanged = true;
    } catch (error) {
      if (signal.aborted) return;
      this.#readAt = performance.now() + readAgainMs;
      if (isFiscalError(error) && error.code === 'events.gone') await this.#skipGone(signal);
    }
  }

  /** Goes on with the first event that is kept, and says so: what is gone can't be sent any more. */
  async #skipGone(signal: AbortSignal): Promise<void> {
    const { endpoint, events, reporter } = this.#dependencies;
    const { merchant } = endpoint;
    const cursor = await events.cursorAt({ merchant, time: new Date(0) }).catch(() => null);
    if (cursor === null || signal.aborted) return;
    reporter.eventsGone();
    this.#beginAt(cursor);
  }

  #isWriteDue(): boolean {
    const now = performance.now();
    return (this.#isChanged && now >= this.#writtenAt + writeEveryMs) || now >= this.#renewAt;
  }

  get #renewAt(): number {
    return this.#leaseEndsAt - (this.#dependencies.leaseMs * 2) / 3;
  }

  /** Writes how far it is; returns whether the reader is still held. */
  async #write(leaseMs: number): Promise<boolean> {
    const { endpoint, events } = this.#dependencies;
    const { cursor, done } = this.#window;
    this.#state = { ...this.#state, cursor, done };
    this.#isChanged = false;
    this.#writtenAt = performance.now();
    const answered = this.#answered;
    const written = await events.readers.write({
      name: readerName(endpoint),
      fence: this.#fence,
      state: JSON.stringify(this.#state),
      lines: this.#lines.splice(0),
      answered,
      leaseMs,
    });
    if (written === 'lease-lost') return false;
    this.#leaseEndsAt = this.#writtenAt + leaseMs;
    this.#request = written.request;
    if (this.#answered === answered) this.#answered = null;
    return true;
  }

  /** Waits for the deliveries that are under way; each has its own end. */
  async #settled(): Promise<void> {
    while (this.#underWay > 0) await this.#sleep();
  }

  #notify(): void {
    this.#isWoken = true;
    this.#wake();
  }

  async #sleep(): Promise<void> {
    const now = performance.now();
    const pausedUntil =
      this.#breaker.pausedUntil > now ? this.#breaker.pausedUntil : Number.POSITIVE_INFINITY;
    const until = Math.min(
      this.#renewAt,
      this.#isChanged ? this.#writtenAt + writeEveryMs : Number.POSITIVE_INFINITY,
      this.#readAt > now ? this.#readAt : Number.POSITIVE_INFINITY,
      pausedUntil,
      this.#window.nextDueAt(now),
    );
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, until - now));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isWoken = false;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerSignal } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { WorkLoop } from './work-loop.js';

/** Settings of the log of events and of those who read it. */
export interface FeedSettings {
  /** How long an event is kept, in milliseconds. */
  readonly keepMs: number;
  /** Reads of one merchant that wait for an event at the same time; more are refused. */
  readonly waitsPerMerchant: number;
  /** The same of all merchants together. */
  readonly waits: number;
}

export const defaultFeedSettings: FeedSettings = {
  keepMs: 14 * 86_400_000,
  waitsPerMerchant: 16,
  waits: 512,
};

/** Least time between two turns, in which the events of many transactions gather. */
const leastTurnMs = 25;

/** Longest time until an event is noticed that nothing announces, in milliseconds. */
const pollMs = 1_000;

/** Time between two deletions of old events, in milliseconds. */
const forgetEveryMs = 60_000;

/** Longest time of a timer, in milliseconds: one of more would end at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Dependencies of the log's loop. */
export interface EventLogLoopDependencies {
  readonly store: Pick<LedgerStore, 'eventLog'>;
  /** Whether events are written; otherwise, the loop only forgets those that were. */
  readonly isWritten: boolean;
  readonly settings: FeedSettings;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

/** What a reader waits for: an event of the merchant behind a position. */
export interface EventWait {
  readonly merchant: string;
  readonly position: number;
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** A reader that waits. */
interface Waiter {
  readonly position: number;
  readonly end: () => void;
}

/**
 * Places events in the log, forgets old ones, and wakes whoever waits for new ones: one statement for all of
 * them, however many there are.
 */
export class EventLogLoop {
  readonly #dependencies: EventLogLoopDependencies;
  readonly #loop: WorkLoop;
  readonly #waiting = new Map<string, Set<Waiter>>();
  readonly #listeners = new Set<() => void>();
  #started: Promise<void> | null = null;
  #stopListening = () => {};
  #isStopped = false;
  #turnEndedAt = 0;
  #forgetAt = 0;

  constructor(dependencies: EventLogLoopDependencies) {
    const { emit, random } = dependencies;
    this.#dependencies = dependencies;
    this.#loop = new WorkLoop({ turn: () => this.#turn(), pollMs, emit, random });
  }

  /** Whether nobody is woken any more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Switches the log on, or off, and begins; a further call does nothing. */
  start(): Promise<void> {
    this.#started ??= this.#start().catch((error) => {
      this.#started = null;
      throw error;
    });
    return this.#started;
  }

  /** Signals that there may be new events. */
  wake(): void {
    if (this.#started) this.#loop.wake();
  }

  /** Calls back after each turn that found new events, or may have. Returns an unsubscribe function. */
  onTurn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns how many reads of this merchant wait, and how many of all. */
  waits(merchant: string): { readonly ofMerchant: number; readonly all: number } {
    let all = 0;
    for (const waiters of this.#waiting.values()) all += waiters.size;
    return { ofMerchant: this.#waiting.get(merchant)?.size ?? 0, all };
  }

  /** Resolves when there is such an event, when the time is over, at the signal, or when the loop stops. */
  async wait({ merchant, position, milliseconds, signal }: EventWait): Promise<void> {
    if (this.#isStopped || signal?.aborted) return;
    const waiters = this.#waiting.get(merchant) ?? new Set();
    this.#waiting.set(merchant, waiters);
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        waiters.delete(waiter);
        if (waiters.size === 0 && this.#waiting.get(merchant) === waiters) this.#waiting.delete(merchant);
        resolve();
      };
      const waiter: Waiter = { position, end };
      const timer = setTimeout(end, Math.min(milliseconds, longestTimerMs));
      signal?.addEventListener('abort', end);
      waiters.add(waiter);
      // It may have happened since it was last read.
      this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    for (const waiters of this.#waiting.values()) for (const { end } of waiters) end();
    if (this.#started) await this.#loop.stop();
  }

  async #start(): Promise<void> {
    const { store, isWritten } = this.#dependencies;
    await store.eventLog.write(isWritten);
    if (this.#isStopped) return;
    if (isWritten) this.#stopListening = store.eventLog.onPlaced(() => this.wake());
    this.#loop.start();
  }

  async #turn(): Promise<number> {
    const { store, isWritten, elapsed } = this.#dependencies;
    const tooSoonMs = this.#turnEndedAt + leastTurnMs - elapsed();
    if (tooSoonMs > 0) await delay(tooSoonMs);
    const isMore = isWritten && (await store.eventLog.place());
    await this.#wakeWaiting();
    for (const listener of this.#listeners) listener();
    if (elapsed() >= this.#forgetAt) await this.#forget();
    this.#turnEndedAt = elapsed();
    return isMore ? 0 : pollMs;
  }

  async #wakeWaiting(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const last = await this.#dependencies.store.eventLog.last([...this.#waiting.keys()]);
    for (const [merchant, position] of last) {
      for (const waiter of this.#waiting.get(merchant) ?? []) {
        if (position > waiter.position) waiter.end();
      }
    }
  }

  async #forget(): Promise<void> {
    const { store, settings, isWritten, elapsed } = this.#dependencies;
    const isMore = await store.eventLog.forget(isWritten ? settings.keepMs : 0);
    this.#forgetAt = elapsed() + (isMore ? 0 : forgetEveryMs);
  }
}

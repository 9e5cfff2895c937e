import type { AccountLimits } from '@fiscalkit/client';
import type { BreakerState } from '../entry/signals.js';
import type { CallKind } from '../store/ledger-store.js';
import { CallPace, type KindOfCall } from './call-pace.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { Places } from './places.js';
import type { QueueSettings } from './queue-settings.js';
import { RateLimiter } from './rate-limiter.js';

/** Number of calls that may begin now, and when to ask again if none may. */
export interface Opening {
  readonly calls: number;
  readonly againInMs: number;
}

/** Evidence of a call about the account as a whole. */
export type AccountHealth = 'alive' | 'outage' | 'inconclusive';

/** Settings of a queue that its admission needs. */
type GateSettings = Pick<QueueSettings, 'concurrency' | 'breaker' | 'perSecond'>;

/**
 * Limits the calls to an account: concurrency, rate, the provider's advice to pause, the circuit breaker, and
 * the places that all accounts share.
 */
export class AccountAdmission {
  /** Calls at the same time that the provider bears, over all processes; `null` where it sets no limit. */
  readonly mostHeld: number | null;
  readonly #concurrency: number;
  readonly #breaker: CircuitBreaker;
  readonly #rate: RateLimiter | null;
  readonly #pace: CallPace | null;
  readonly #places: Places;
  #pausedUntil = 0;
  #underWay = 0;
  #unwritten = 0;

  constructor(settings: GateSettings, limits: AccountLimits, places: Places, now: number) {
    const { concurrency } = limits;
    this.mostHeld = concurrency === undefined ? null : Math.min(settings.concurrency, concurrency);
    this.#concurrency = this.mostHeld ?? settings.concurrency;
    this.#breaker = new CircuitBreaker(settings.breaker);
    this.#rate = settings.perSecond === null ? null : new RateLimiter(settings.perSecond, now);
    this.#pace = CallPace.of(limits);
    this.#places = places;
  }

  /** Whether the provider limits the account, so that other processes may have what it bears. */
  get isShared(): boolean {
    return this.mostHeld !== null || this.#pace !== null;
  }

  /** Kinds of calls that may begin now, where the provider limits them; `null` for all of them. */
  kinds(now: number): readonly KindOfCall[] | null {
    return this.#pace?.open(now) ?? null;
  }

  breakerState(now: number): BreakerState {
    return this.#breaker.state(now);
  }

  /** Remaining pause that the provider asked for, in milliseconds. */
  pauseMs(now: number): number {
    return Math.max(0, this.#pausedUntil - now);
  }

  /** Whether it is in its initial state, so that it can be dropped. */
  isFresh(now: number): boolean {
    const isQuiet = this.#underWay === 0 && this.#unwritten === 0 && this.#pausedUntil <= now;
    const isRested = (this.#rate?.isFull(now) ?? true) && (this.#pace?.msUntilRested(now) ?? 0) === 0;
    return isQuiet && this.#breaker.isFresh && isRested;
  }

  opening(now: number): Opening {
    const againInMs = Math.max(
      this.#pausedUntil - now,
      this.#breaker.msUntilTrial(now),
      this.#rate?.msUntilAvailable(now) ?? 0,
      this.#pace?.msUntilOpen(now) ?? 0,
    );
    if (againInMs > 0) return { calls: 0, againInMs };
    // A store that lags behind must not accumulate results to write; and where places are shared with other
    // processes, one is free when its result is written.
    const backlog =
      this.mostHeld === null ? Math.max(0, this.#unwritten - this.#concurrency) : this.#unwritten;
    const own = this.#concurrency - this.#underWay - backlog;
    const rated = this.#rate?.available(now) ?? own;
    const shared = this.#places.open(this.#isTried(now), this.#underWay);
    const calls = Math.min(own, rated, shared, this.#breaker.allowance(now));
    // Without a free place, nothing can begin before a call ends.
    return { calls, againInMs: Number.POSITIVE_INFINITY };
  }

  /**
   * Takes a place for a call; returns the function that frees it, before the result of the call is written.
   */
  begin(now: number, kind: CallKind): () => void {
    this.#pace?.begin(kind, now);
    const leavePlace = this.#places.take(this.#isTried(now));
    this.#underWay += 1;
    this.#rate?.take();
    this.#breaker.begin(now);
    return () => {
      this.#underWay -= 1;
      this.#unwritten += 1;
      leavePlace();
    };
  }

  /** Records that a call begins for which a place was taken: the distance to the next counts from here. */
  called(kind: CallKind, now: number): void {
    this.#pace?.begin(kind, now);
  }

  /** Records what a call showed about the account. */
  report(health: AccountHealth, now: number): void {
    if (health === 'alive') this.#breaker.succeed();
    else if (health === 'outage') this.#breaker.fail(now);
    else this.#breaker.skip();
  }

  /** Records that the result of a finished call is written, or given up. */
  settle(): void {
    this.#unwritten -= 1;
    this.#places.settle();
  }

  /** Pauses the account. */
  pause(milliseconds: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
  }

  #isTried(now: number): boolean {
    return this.#breaker.state(now) !== 'closed';
  }
}

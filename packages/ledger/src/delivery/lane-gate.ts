import { type BreakerState, CircuitBreaker } from './circuit-breaker.js';
import type { LaneSettings } from './lane-settings.js';
import { RateLimiter } from './rate-limiter.js';

/** How many calls may begin now, and when to ask again if none may. */
export interface Opening {
  readonly calls: number;
  readonly againInMs: number;
}

/** What a call told about the provider as a whole. */
export type ProviderHealth = 'alive' | 'outage' | 'untold';

const longestPauseMs = 600_000;

/** Decides how many calls may go to a provider: concurrency, rate, its own advice to pause, and the circuit breaker. */
export class LaneGate {
  readonly #concurrency: number;
  readonly #breaker: CircuitBreaker;
  readonly #rate: RateLimiter | null;
  #pausedUntil = 0;
  #underWay = 0;
  #unwritten = 0;

  constructor(settings: LaneSettings, now: number) {
    this.#concurrency = settings.concurrency;
    this.#breaker = new CircuitBreaker(settings.breaker);
    this.#rate = settings.perSecond === null ? null : new RateLimiter(settings.perSecond, now);
  }

  breakerState(now: number): BreakerState {
    return this.#breaker.state(now);
  }

  opening(now: number): Opening {
    const againInMs = Math.max(
      this.#pausedUntil - now,
      this.#breaker.msUntilTrial(now),
      this.#rate?.msUntilAvailable(now) ?? 0,
    );
    if (againInMs > 0) return { calls: 0, againInMs };
    // A store that lags behind must not be left ever more results to write.
    const backlog = Math.max(0, this.#unwritten - this.#concurrency);
    const free = this.#concurrency - this.#underWay - backlog;
    const rated = this.#rate?.available(now) ?? free;
    const calls = Math.min(free, rated, this.#breaker.allowance(now));
    // Without a free place, the end of a call is what to wait for.
    return { calls, againInMs: Number.POSITIVE_INFINITY };
  }

  /** Says that a call takes its place. */
  begin(now: number): void {
    this.#underWay += 1;
    this.#rate?.take();
    this.#breaker.begin(now);
  }

  /** Says what a call told about the provider. */
  report(health: ProviderHealth, now: number): void {
    if (health === 'alive') this.#breaker.succeed();
    else if (health === 'outage') this.#breaker.fail(now);
    else this.#breaker.skip();
  }

  /** Says that a call is over and its place free again, although its result is not written yet. */
  end(): void {
    this.#underWay -= 1;
    this.#unwritten += 1;
  }

  /** Says that the result of a call that is over is written, or given up. */
  settle(): void {
    this.#unwritten -= 1;
  }

  /** Leaves the provider alone for as long as it asked, ten minutes at most. */
  pause(milliseconds: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(milliseconds, longestPauseMs));
  }
}

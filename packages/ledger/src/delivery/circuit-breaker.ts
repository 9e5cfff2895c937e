import type { BreakerState } from '../entry/signals.js';

/** Thresholds and delays of a breaker. */
export interface BreakerSettings {
  /** Number of outages in a row that opens the breaker. */
  readonly failures: number;
  /** First time without calls, in milliseconds; grows by the factor up to the cap with every failed trial. */
  readonly coolDownMs: number;
  readonly factor: number;
  readonly capMs: number;
}

/** Stops calls to an account in outage, except for trials that show when it is back. */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  #outages = 0;
  #openings = 0;
  #trialAt: number | null = null;
  #trying = false;

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  state(now: number): BreakerState {
    if (this.#trialAt === null) return 'closed';
    return now >= this.#trialAt ? 'half-open' : 'open';
  }

  /** Whether it is in its initial state. */
  get isFresh(): boolean {
    return this.#outages === 0 && this.#trialAt === null;
  }

  /** Returns how many calls may begin now. */
  allowance(now: number): number {
    const state = this.state(now);
    if (state === 'closed') return Number.POSITIVE_INFINITY;
    return state === 'half-open' && !this.#trying ? 1 : 0;
  }

  /** Returns milliseconds until a trial may begin; 0 when the breaker allows calls. */
  msUntilTrial(now: number): number {
    return this.#trialAt === null ? 0 : Math.max(0, this.#trialAt - now);
  }

  /** Records that a call begins. */
  begin(now: number): void {
    if (this.state(now) === 'half-open') this.#trying = true;
  }

  /** Records a call that is no evidence of the account's health. */
  skip(): void {
    this.#trying = false;
  }

  /** Records an answer of the provider. */
  succeed(): void {
    this.#outages = 0;
    this.#openings = 0;
    this.#trialAt = null;
    this.#trying = false;
  }

  /** Records an outage of the provider. */
  fail(now: number): void {
    const { failures, coolDownMs, factor, capMs } = this.#settings;
    this.#outages += 1;
    // Calls that were under way when the breaker opened are no new evidence.
    const stillOpen = this.state(now) === 'open';
    this.#trying = false;
    if (stillOpen || this.#outages < failures) return;
    this.#trialAt = now + Math.min(coolDownMs * factor ** this.#openings, capMs);
    this.#openings += 1;
  }
}

import type { BreakerState } from '../entry/signals.js';

/** When a breaker opens, and how patiently it tries again. */
export interface BreakerSettings {
  /** Outages in a row that open the breaker. */
  readonly failures: number;
  /** First time without calls; grows by the factor up to the cap with every failed trial. Milliseconds. */
  readonly coolDownMs: number;
  readonly factor: number;
  readonly capMs: number;
}

/** Keeps an account in outage from being called by every entry, and finds out by itself when it is back. */
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

  /** Whether it remembers nothing. */
  get isFresh(): boolean {
    return this.#outages === 0 && this.#trialAt === null;
  }

  /** How many calls may begin now. */
  allowance(now: number): number {
    const state = this.state(now);
    if (state === 'closed') return Number.POSITIVE_INFINITY;
    return state === 'half-open' && !this.#trying ? 1 : 0;
  }

  /** Milliseconds until a trial may begin; 0 when the breaker is not the hindrance. */
  msUntilTrial(now: number): number {
    return this.#trialAt === null ? 0 : Math.max(0, this.#trialAt - now);
  }

  /** Says that a call begins. */
  begin(now: number): void {
    if (this.state(now) === 'half-open') this.#trying = true;
  }

  /** Says that a call ended without telling anything about the account. */
  skip(): void {
    this.#trying = false;
  }

  /** Says that the provider answered. */
  succeed(): void {
    this.#outages = 0;
    this.#openings = 0;
    this.#trialAt = null;
    this.#trying = false;
  }

  /** Says that the provider is in trouble. */
  fail(now: number): void {
    const { failures, coolDownMs, factor, capMs } = this.#settings;
    this.#outages += 1;
    // Calls that were under way when the breaker opened tell nothing new.
    const stillOpen = this.state(now) === 'open';
    this.#trying = false;
    if (stillOpen || this.#outages < failures) return;
    this.#trialAt = now + Math.min(coolDownMs * factor ** this.#openings, capMs);
    this.#openings += 1;
  }
}

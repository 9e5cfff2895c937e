import type { Claim } from '../store/ledger-store.js';
import type { BreakerState } from './circuit-breaker.js';
import { LaneGate } from './lane-gate.js';
import type { LaneParts } from './lane-parts.js';
import { LaneWorker } from './lane-worker.js';
import { WorkLoop } from './work-loop.js';

/** Least sleep after looking in vain, so that no mistake about due times becomes a hot loop. */
const leastSleepMs = 10;

/** Delivers the entries of one provider: claims what is due, no more than may be sent now, and works on it. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #gate: LaneGate;
  readonly #worker: LaneWorker;
  readonly #loop: WorkLoop;
  #begun = false;
  /** Whether more may be due than there were places for. */
  #crowded = false;
  #refilling = false;
  #breakerState: BreakerState = 'closed';

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.#gate = new LaneGate(parts.settings, parts.elapsed());
    this.#worker = new LaneWorker(parts, this.#gate, {
      placeFreed: () => this.#refill(),
      ended: () => this.#loop.wake(),
    });
    const { emit, random, settings } = parts;
    this.#loop = new WorkLoop({ turn: () => this.#turn(), pollMs: settings.pollMs, emit, random });
  }

  start(): void {
    this.#loop.start();
  }

  /** Says that something may be due. */
  wake(): void {
    this.#loop.wake();
  }

  breakerState(): BreakerState {
    return this.#gate.breakerState(this.#parts.elapsed());
  }

  /** Stops claiming, gives the calls under way a grace, cuts off the rest; resolves when their results are written. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    await this.#worker.drain(graceMs);
  }

  /** Does what can be done now; answers how long to sleep. */
  async #turn(): Promise<number> {
    const { store, provider, settings, elapsed } = this.#parts;
    await this.#begin();
    await this.#watchBreaker();
    const opening = this.#gate.opening(elapsed());
    this.#crowded = true;
    if (opening.calls <= 0) return opening.againInMs;
    const claimed = await this.#fill(opening.calls);
    if (claimed === opening.calls) return 0;
    this.#crowded = false;
    const dueInMs = (await store.nextDueInMs(provider)) ?? settings.pollMs;
    return Math.max(dueInMs, leastSleepMs);
  }

  /**
   * Looks for work at the end of this turn of the event loop: one claim for all the places that come free in it, in the commit
   * that writes the results of the calls that had them.
   */
  #refill(): void {
    if (!this.#crowded || this.#refilling) return;
    this.#refilling = true;
    setImmediate(() => {
      this.#refilling = false;
      this.#loop.wake();
    });
  }

  /** What waited for the end of an outage when an earlier process ended is tried at once: the outage may be over. */
  async #begin(): Promise<void> {
    if (this.#begun) return;
    await this.#parts.store.hasten(this.#parts.provider);
    this.#begun = true;
  }

  /** Claims and begins calls; answers how many. */
  async #fill(calls: number): Promise<number> {
    const askedAt = this.#parts.elapsed();
    const claims = await this.#claim(calls);
    for (const claim of claims) this.#worker.take(claim, askedAt);
    return claims.length;
  }

  /** While the breaker is open it sets the pace: for its trial, an entry that waits longer than the breaker will do. */
  async #claim(limit: number): Promise<Claim[]> {
    const { store, provider, settings, worker } = this.#parts;
    const query = { provider, limit, worker, leaseMs: settings.leaseMs };
    const claims = await store.claim(query);
    if (claims.length > 0 || this.breakerState() === 'closed') return claims;
    return (await store.hasten(provider)) > 0 ? store.claim(query) : claims;
  }

  async #watchBreaker(): Promise<void> {
    const { store, provider, emit } = this.#parts;
    const state = this.breakerState();
    if (state === this.#breakerState) return;
    this.#breakerState = state;
    emit({ type: 'breaker', provider, state });
    if (state === 'closed') await store.hasten(provider);
  }
}

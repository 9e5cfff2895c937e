/** How many times as long as the last look took to wait after it, at least: looks take no more than a quarter of the time. */
const leastRest = 3;

/** Decides when to ask the store for all that waits: from time to time, and soon when something happened that nobody saw. */
export class LookTimes {
  readonly #everyMs: number;
  #isHurried = true;
  #begunAt = 0;
  #tookMs = 0;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Says that something may wait that a look would find. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** Milliseconds until the next look. */
  dueInMs(now: number): number {
    const restMs = this.#isHurried ? leastRest * this.#tookMs : this.#everyMs;
    return Math.max(0, this.#endedAt + restMs - now);
  }

  begin(now: number): void {
    this.#isHurried = false;
    this.#begunAt = now;
  }

  end(now: number): void {
    this.#tookMs = now - this.#begunAt;
    this.#endedAt = now;
  }
}

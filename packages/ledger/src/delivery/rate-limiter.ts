/** Limits calls per second: a token bucket that fills evenly and holds one second's worth. */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#capacity = Math.max(1, perSecond);
    this.#tokens = this.#capacity;
    this.#filledAt = now;
  }

  /** Returns how many calls may begin now. */
  available(now: number): number {
    const filled = this.#tokens + ((now - this.#filledAt) * this.#perSecond) / 1_000;
    this.#tokens = Math.min(filled, this.#capacity);
    this.#filledAt = now;
    return Math.floor(this.#tokens);
  }

  /** Whether the bucket is full. */
  isFull(now: number): boolean {
    this.available(now);
    return this.#tokens === this.#capacity;
  }

  /** Returns milliseconds until a call may begin. */
  msUntilAvailable(now: number): number {
    return this.available(now) > 0 ? 0 : Math.ceil(((1 - this.#tokens) * 1_000) / this.#perSecond);
  }

  /** Takes one token. */
  take(): void {
    this.#tokens -= 1;
  }
}

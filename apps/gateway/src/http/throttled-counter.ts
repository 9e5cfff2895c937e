/** Reports a frequent event at once, and then the count since, at most once an interval. */
export class ThrottledCounter {
  readonly #report: (count: number) => void;
  readonly #intervalMs: number;
  #count = 0;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(report: (count: number) => void, intervalMs = 60_000) {
    this.#report = report;
    this.#intervalMs = intervalMs;
  }

  add(): void {
    this.#count += 1;
    const now = performance.now();
    if (now - this.#reportedAt < this.#intervalMs) return;
    this.#report(this.#count);
    this.#reportedAt = now;
    this.#count = 0;
  }
}

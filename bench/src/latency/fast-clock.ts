const midsummer = Date.UTC(2026, 5, 21);
const speed = 1000;

/**
 * A clock that goes a thousand times as fast as others: the sandbox writes down milliseconds, and these are microseconds. It reads
 * midsummer at the given moment of the clock that processes share.
 */
export class FastClock {
  readonly #midsummerMs: number;

  constructor(midsummerMs: number) {
    this.#midsummerMs = midsummerMs;
  }

  /** What it reads at a moment of the shared clock, in milliseconds. */
  at(momentMs: number): Date {
    return new Date(midsummer + Math.round((momentMs - this.#midsummerMs) * speed));
  }

  /** The moment of the shared clock, in milliseconds, at which it reads so. */
  momentOf(reading: number): number {
    return this.#midsummerMs + (reading - midsummer) / speed;
  }
}

const midsummer = Date.UTC(2026, 5, 21);
const speed = 1000;

/**
 * A clock that goes a thousand times as fast as others: the sandbox records milliseconds, and these are
 * microseconds. It reads midsummer at the given moment of the clock that processes share.
 */
export class FastClock {
  readonly #midsummerMs: number;

  constructor(midsummerMs: number) {
    this.#midsummerMs = midsummerMs;
  }

  /** Returns its reading at a moment of the shared clock, in milliseconds. */
  at(momentMs: number): Date {
    return new Date(midsummer + Math.round((momentMs - this.#midsummerMs) * speed));
  }

  /** Returns the moment of the shared clock, in milliseconds, that a reading stands for. */
  momentOf(reading: number): number {
    return this.#midsummerMs + (reading - midsummer) / speed;
  }
}

/** The longest rest after a slice, in milliseconds: a slice that took long may have waited for the server. */
const mostRestMs = 250;

/**
 * Bounds the slices of lists that a server reads at the same time. After each slice its place rests for as long as the slice took, so
 * that two places take no more than one of the server's processors, however many lists there are.
 */
export class SliceTurns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Reads when it is this slice's turn, in the order of asking. Answers before the rest begins. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    await this.#take();
    const startedAt = performance.now();
    try {
      return await read();
    } finally {
      setTimeout(() => this.#giveBack(), Math.min(performance.now() - startedAt, mostRestMs));
    }
  }

  async #take(): Promise<void> {
    if (this.#taken < this.#atOnce) this.#taken += 1;
    else await new Promise<void>((begin) => this.#waiting.push(begin));
  }

  /** Whoever waits for longest takes the place over. */
  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken -= 1;
  }
}

/** Collects how long calls take, in microseconds, by what they do. */
export class Stopwatch {
  readonly #samples = new Map<string, number[]>();

  /** Times the work; `calls` done at once count as one sample, of their mean. */
  async time<T>(what: string, work: () => Promise<T>, calls = 1): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    const microseconds = ((performance.now() - startedAt) * 1000) / calls;
    this.#samples.set(what, [...this.samples(what), microseconds]);
    return result;
  }

  /** What was timed so far, in the order in which it was first done. */
  names(): string[] {
    return [...this.#samples.keys()];
  }

  samples(what: string): readonly number[] {
    return this.#samples.get(what) ?? [];
  }
}

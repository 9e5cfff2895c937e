/** Lets work on one thing be done in turn, within this process. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does the work when all that was asked for under this name before is over. */
  async take<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    this.#last.set(name, over);
    try {
      await before;
      return await work();
    } finally {
      if (this.#last.get(name) === over) this.#last.delete(name);
      end();
    }
  }
}

/** Counts the requests that are being served, and tells when none is left. */
export class RequestsUnderWay {
  #count = 0;
  #whenNone: () => void = () => {};

  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#whenNone();
  }

  /** Resolves when none is under way, or when the time is over. */
  async none(withinMs: number): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#whenNone = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An answer that is sent in pieces. */
export interface LongAnswer {
  /** Breaks the connection off. */
  cutOff(): void;
}

/**
 * Keeps the bytes that long answers hold for clients who are still to take them within a limit. Over it, the answer that has made no
 * way for longest is cut off: clients that don't read can hold neither the memory nor the place of those that do.
 */
export class AnswersOnTheWay {
  readonly #mostBytes: number;
  readonly #refused: () => void;
  /** In the order in which they last made way. */
  readonly #held = new Map<LongAnswer, number>();
  #bytes = 0;

  constructor({ mostBytes, refused }: { mostBytes: number; refused: () => void }) {
    this.#mostBytes = mostBytes;
    this.#refused = refused;
  }

  /** Notes that an answer has made way, and holds so many bytes now. */
  hold(answer: LongAnswer, bytes: number): void {
    this.end(answer);
    this.#held.set(answer, bytes);
    this.#bytes += bytes;
    while (this.#bytes > this.#mostBytes && this.#held.size > 1) this.#cutOffSlowest();
  }

  end(answer: LongAnswer): void {
    this.#bytes -= this.#held.get(answer) ?? 0;
    this.#held.delete(answer);
  }

  #cutOffSlowest(): void {
    const [slowest] = this.#held.keys();
    if (!slowest) return;
    this.end(slowest);
    slowest.cutOff();
    this.#refused();
  }
}

/** An answer that is sent in pieces. */
export interface LongAnswer {
  /** Closes the connection at once. */
  cutOff(): void;
}

/**
 * Limits the bytes that long answers hold for clients who have not taken them. Over the limit, the answer
 * without progress for longest is cut off: clients that don't read can take neither memory nor place from
 * those that do.
 */
export class AnswersOnTheWay {
  readonly #mostBytes: number;
  readonly #refused: () => void;
  /** In the order of their last progress. */
  readonly #held = new Map<LongAnswer, number>();
  #bytes = 0;

  constructor({ mostBytes, refused }: { mostBytes: number; refused: () => void }) {
    this.#mostBytes = mostBytes;
    this.#refused = refused;
  }

  /** Records progress of an answer, and the bytes that it holds now. */
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

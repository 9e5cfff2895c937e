import { setTimeout as delay } from 'node:timers/promises';

/** How long the results of aborted calls may take to be written, in milliseconds. */
const lastWritesMs = 2_000;

/** Calls under way of a worker, which can be stopped without losing their results. */
export class CallsUnderWay {
  readonly #calls = new Map<AbortController, Promise<void>>();
  readonly #ended: () => void;
  #abandoned = false;

  /** Calls `ended` after the end of every call. */
  constructor(ended: () => void = () => {}) {
    this.#ended = ended;
  }

  get count(): number {
    return this.#calls.size;
  }

  /** Whether results are no longer waited for. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  /** Begins work, which must not reject. */
  begin(work: (call: AbortController) => Promise<void>): void {
    const call = new AbortController();
    this.#calls.set(call, this.#follow(work(call), call));
  }

  async #follow(work: Promise<void>, call: AbortController): Promise<void> {
    await work;
    this.#calls.delete(call);
    this.#ended();
  }

  /**
   * Waits for the calls under way, aborts those that outlast the grace; resolves when results are written.
   */
  async drain(graceMs: number): Promise<void> {
    await this.#finishWithin(graceMs);
    for (const call of this.#calls.keys()) call.abort();
    await this.#finishWithin(lastWritesMs);
    this.#abandoned = true;
  }

  async #finishWithin(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    const timeOver = delay(milliseconds, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#calls.values()), timeOver]);
    timer.abort();
  }
}

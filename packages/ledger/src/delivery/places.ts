/**
 * Places for calls, shared by all accounts of a process. One account takes at most as many as it leaves free,
 * and trial calls take at most half of all: however many accounts hang, another finds a place.
 */
export class Places {
  readonly #most: number;
  #taken = 0;
  #tried = 0;
  #unwritten = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Number of free places. */
  get free(): number {
    // A store that lags behind must not accumulate results to write.
    return this.#most - this.#taken - Math.max(0, this.#unwritten - this.#most);
  }

  /** Returns how many more an account may take that has so many: the last one only if it has none. */
  open(isTrial: boolean, own: number): number {
    const half = Math.floor((this.free - own) / 2);
    const least = own === 0 ? Math.min(this.free, 1) : 0;
    const open = Math.max(half, least);
    return isTrial ? Math.min(open, this.trials) : open;
  }

  /** Number of free places for trial calls, which only try whether an account is back. */
  get trials(): number {
    return Math.max(1, Math.floor(this.#most / 2)) - this.#tried;
  }

  /** Takes a place; returns the function that gives it back. */
  take(isTrial: boolean): () => void {
    this.#taken += 1;
    if (isTrial) this.#tried += 1;
    return () => {
      this.#taken -= 1;
      this.#unwritten += 1;
      if (isTrial) this.#tried -= 1;
    };
  }

  /** Records that the result of a call whose place is free again is written, or given up. */
  settle(): void {
    this.#unwritten -= 1;
  }
}

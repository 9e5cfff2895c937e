/**
 * The places for calls that all accounts of a process share. One account has at most as many as it leaves free, and calls that only
 * try whether an account is back take at most half of all: however many accounts hang, another finds a place.
 */
export class Places {
  readonly #most: number;
  #taken = 0;
  #tried = 0;
  #unwritten = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many are free. */
  get free(): number {
    // A store that lags behind must not be left ever more results to write.
    return this.#most - this.#taken - Math.max(0, this.#unwritten - this.#most);
  }

  /** How many more an account may take that has so many: the last one only if it has none. */
  open(isTrial: boolean, own: number): number {
    const half = Math.floor((this.free - own) / 2);
    const least = own === 0 ? Math.min(this.free, 1) : 0;
    const open = Math.max(half, least);
    return isTrial ? Math.min(open, this.trials) : open;
  }

  /** How many are free for calls that only try whether an account is back. */
  get trials(): number {
    return Math.max(1, Math.floor(this.#most / 2)) - this.#tried;
  }

  /** Takes one; answers how to give it back. */
  take(isTrial: boolean): () => void {
    this.#taken += 1;
    if (isTrial) this.#tried += 1;
    return () => {
      this.#taken -= 1;
      this.#unwritten += 1;
      if (isTrial) this.#tried -= 1;
    };
  }

  /** Says that the result of a call whose place is free again is written, or given up. */
  settle(): void {
    this.#unwritten -= 1;
  }
}

/** What the thread that fuzzes is at, in memory that the thread that watches it can read at any time. */
export class Heartbeat {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;

  constructor(memory = new SharedArrayBuffer(12)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory);
  }

  /** Told before every case. */
  beat(target: number, seed: number): void {
    this.#numbers[0] = target;
    this.#numbers[1] = seed;
    Atomics.add(this.#numbers, 2, 1);
  }

  /** Which target, the seed of its batch, and how many cases there were. */
  read(): { readonly target: number; readonly seed: number; readonly cases: number } {
    const [target = 0, seed = 0] = this.#numbers;
    return { target, seed, cases: Atomics.load(this.#numbers, 2) };
  }
}

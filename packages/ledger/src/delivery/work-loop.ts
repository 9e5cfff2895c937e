import { type LedgerSignal, storeError } from '../entry/signals.js';
import { storeTroubleMs } from './keep-writing.js';

/** What a loop does, and how it waits. */
export interface WorkLoopDependencies {
  /** Does what can be done now; answers how long to sleep, in milliseconds. What it throws is trouble of the store. */
  readonly turn: () => Promise<number>;
  /** Longest sleep. */
  readonly pollMs: number;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
}

/** Takes turns of work with sleep in between, ever longer sleep while the store is in trouble. */
export class WorkLoop {
  readonly #dependencies: WorkLoopDependencies;
  readonly #wakeSignal = new WakeSignal();
  #storeFailures = 0;
  #stopping = false;
  #loop: Promise<void> | null = null;

  constructor(dependencies: WorkLoopDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Says that there may be work. */
  wake(): void {
    this.#wakeSignal.ring();
  }

  /** Resolves when the last turn is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeSignal.ring();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const sleepMs = await this.#turn();
      if (sleepMs > 0) await this.#wakeSignal.sleep(Math.min(sleepMs, this.#dependencies.pollMs));
    }
  }

  async #turn(): Promise<number> {
    const { turn, emit, random } = this.#dependencies;
    try {
      const sleepMs = await turn();
      this.#storeFailures = 0;
      return sleepMs;
    } catch (error) {
      emit(storeError(error));
      this.#storeFailures += 1;
      return storeTroubleMs(this.#storeFailures, random);
    }
  }
}

/** Lets one loop sleep until it is woken or the time is over. A ring while nobody sleeps is kept for the next sleep. */
class WakeSignal {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at a ring, or after so many milliseconds. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = null;
  }
}

import { type LedgerSignal, storeError } from '../entry/signals.js';
import { storeTroubleMs } from './keep-writing.js';

/** Work of a loop, and its waits. */
export interface WorkLoopDependencies {
  /**
   * Does what can be done now; returns how long to sleep, in milliseconds. Errors are trouble of the store.
   */
  readonly turn: () => Promise<number>;
  /** Longest sleep. */
  readonly pollMs: number;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
}

/** Runs turns of work with sleep in between, with growing sleep while the store is in trouble. */
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

  /** Signals that there may be work. */
  wake(): void {
    this.#wakeSignal.notify();
  }

  /** Resolves when the last turn is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeSignal.notify();
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

/**
 * Lets one loop sleep until it is notified or the time is over. A notification while it is awake is kept for
 * the next sleep.
 */
class WakeSignal {
  #notified = false;
  #wake: (() => void) | null = null;

  notify(): void {
    this.#notified = true;
    this.#wake?.();
  }

  /** Resolves at a notification, or after so many milliseconds. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#notified) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#notified = false;
    this.#wake = null;
  }
}

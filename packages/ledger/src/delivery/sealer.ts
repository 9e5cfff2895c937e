import { type LedgerSignal, storeError } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';

/** Seals new journal rows from time to time. */
export class Sealing {
  readonly #store: Pick<LedgerStore, 'seal'>;
  readonly #everyMs: number;
  readonly #emit: (event: LedgerSignal) => void;
  #timer: NodeJS.Timeout | null = null;
  #sealing: Promise<void> | null = null;

  constructor(store: Pick<LedgerStore, 'seal'>, everyMs: number, emit: (event: LedgerSignal) => void) {
    this.#store = store;
    this.#everyMs = everyMs;
    this.#emit = emit;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#seal(), this.#everyMs).unref();
  }

  /** Seals the remaining rows. */
  async stop(): Promise<void> {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    await this.#sealing;
    await this.#seal();
  }

  #seal(): Promise<void> {
    this.#sealing ??= this.#sealOnce().finally(() => {
      this.#sealing = null;
    });
    return this.#sealing;
  }

  async #sealOnce(): Promise<void> {
    try {
      await this.#store.seal();
    } catch (error) {
      this.#emit(storeError(error));
    }
  }
}

import type { LedgerEvent, LedgerListener } from './ledger-event.js';

/** Those who watch the ledger. What a listener throws is dropped: watching must not disturb delivery. */
export class Observers {
  readonly #listeners = new Set<LedgerListener>();

  /** Answers how to stop watching. */
  observe(listener: LedgerListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LedgerEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {}
    }
  }
}

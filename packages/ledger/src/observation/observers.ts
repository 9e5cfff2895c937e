import type { LedgerEvent, LedgerListener } from './ledger-event.js';

/** Those who watch the ledger. What a listener throws is dropped: watching must not disturb delivery. */
export class Observers {
  readonly #listeners = new Set<LedgerListener>();
  readonly #lasting: LedgerEvent[] = [];

  /** Tells the listener what is for those who come later, too. Answers how to stop watching. */
  observe(listener: LedgerListener): () => void {
    this.#listeners.add(listener);
    for (const event of this.#lasting) tell(listener, event);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LedgerEvent): void {
    for (const listener of this.#listeners) tell(listener, event);
  }

  /** Emits an event that also who begins to watch later must hear of: it may come with the start. */
  emitLasting(event: LedgerEvent): void {
    this.#lasting.push(event);
    this.emit(event);
  }
}

function tell(listener: LedgerListener, event: LedgerEvent): void {
  try {
    listener(event);
  } catch {}
}

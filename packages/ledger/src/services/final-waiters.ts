import { isFinal } from '../entry/entry.js';
import type { LedgerSignal, Observers } from '../entry/signals.js';

/** Lets callers wait for the final state of entries that this process delivers. */
export class FinalWaiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(observers: Observers) {
    observers.observe((event) => this.#watch(event));
  }

  /** Resolves when the entry becomes final, when the time is over, or when the signal ends the wait. */
  async wait(entryId: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const waiters = this.#waiting.get(entryId) ?? new Set();
    this.#waiting.set(entryId, waiters);
    let stop = () => {};
    try {
      await new Promise<void>((resolve) => {
        const end = () => resolve();
        const timer = setTimeout(end, milliseconds);
        signal?.addEventListener('abort', end);
        waiters.add(end);
        stop = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          waiters.delete(end);
        };
      });
    } finally {
      stop();
      if (waiters.size === 0 && this.#waiting.get(entryId) === waiters) this.#waiting.delete(entryId);
    }
  }

  #watch(event: LedgerSignal): void {
    if (event.type !== 'transition' && event.type !== 'intervention') return;
    if (!isFinal(event.entry.state)) return;
    for (const wake of this.#waiting.get(event.entry.id) ?? []) wake();
  }
}

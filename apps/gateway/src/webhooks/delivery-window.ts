import type { FeedItem } from '@fiscalkit/nestjs';

/** Most events that are read ahead of the first that is not delivered. */
export const mostAhead = 256;

/** An event on its way to an endpoint. */
export interface PendingEvent {
  readonly event: FeedItem;
  /** Events of one receipt, or of one confirmation, are delivered in order. */
  readonly order: string;
  attempts: number;
  /** When it may be sent, on a clock that never jumps. */
  dueAt: number;
  state: 'waiting' | 'under-way' | 'done';
}

/** Events between what is delivered without a gap and what was read last. */
export class DeliveryWindow {
  readonly #pending: PendingEvent[] = [];
  #cursor: string;

  constructor(cursor: string) {
    this.#cursor = cursor;
  }

  /** Cursor up to which everything is delivered. */
  get cursor(): string {
    return this.#cursor;
  }

  /** Ids of what is delivered behind it. */
  get done(): string[] {
    return this.#pending.filter(({ state }) => state === 'done').map(({ event }) => event.id);
  }

  get isOpen(): boolean {
    return this.#pending.length < mostAhead;
  }

  add(event: FeedItem, isDone: boolean): void {
    // An id is the entry, its version and what happened.
    const order = event.id.slice(0, event.id.indexOf(':'));
    this.#pending.push({ event, order, attempts: 0, dueAt: 0, state: isDone ? 'done' : 'waiting' });
    this.advance();
  }

  /** Moves the cursor over what is delivered. */
  advance(): void {
    while (this.#pending[0]?.state === 'done')
      this.#cursor = this.#pending.shift()?.event.cursor ?? this.#cursor;
  }

  /** Returns what may be sent next: due, and the first of its receipt that is not delivered. */
  next(now: number): PendingEvent | null {
    const orders = new Set<string>();
    for (const pending of this.#pending) {
      if (pending.state === 'done') continue;
      if (pending.state === 'waiting' && pending.dueAt <= now && !orders.has(pending.order)) return pending;
      orders.add(pending.order);
    }
    return null;
  }

  /** Returns when the next event becomes due that is not due yet; `Infinity` for none. */
  nextDueAt(now: number): number {
    const waits = this.#pending.filter(({ state, dueAt }) => state === 'waiting' && dueAt > now);
    return Math.min(Number.POSITIVE_INFINITY, ...waits.map(({ dueAt }) => dueAt));
  }
}

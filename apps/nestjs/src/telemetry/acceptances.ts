import { AsyncLocalStorage } from 'node:async_hooks';
import type { LedgerEvent } from '@fiscalkit/ledger';
import type { Span, SpanContext } from '@opentelemetry/api';

/** How many acceptances are remembered: attempts of older entries have no link. */
const mostRemembered = 10_000;

/** Remembers in which span an entry was accepted, until it is final, so that attempts can be linked to it. */
export class Acceptances {
  readonly #spans = new AsyncLocalStorage<Span>();
  readonly #contexts = new Map<string, SpanContext>();

  /** Does the work; what the ledger accepts meanwhile on its behalf belongs to the span. */
  within<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
    return this.#spans.run(span, work);
  }

  /** Notes that the span accepted the entry. */
  note(span: Span, id: string): void {
    span.setAttribute('fiscalkit.entry_id', id);
    this.#contexts.delete(id);
    this.#contexts.set(id, span.spanContext());
    const [oldest] = this.#contexts.keys();
    if (this.#contexts.size > mostRemembered && oldest !== undefined) this.#contexts.delete(oldest);
  }

  /** Hears of acceptances and of the end of entries. */
  hear(event: LedgerEvent): void {
    const span = this.#spans.getStore();
    if (span && (event.type === 'accepted' || event.type === 'replayed')) this.note(span, event.entry.id);
    if (event.type !== 'transition') return;
    const { id, state } = event.entry;
    if (state === 'registered' || state === 'rejected') this.#contexts.delete(id);
  }

  /** The span in which this process accepted the entry, if it is remembered. */
  contextOf(id: string): SpanContext | undefined {
    return this.#contexts.get(id);
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ledger, LedgerSignal } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api';
import type { AcceptFacts, AcceptResult } from './telemetry.js';

interface Tracing {
  readonly api: OpenTelemetry;
  readonly tracer: Tracer;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
  readonly acceptances: Acceptances;
}

/** Does the work within a span, as long as the caller waits. Errors show by code, never by message. */
export function traceAccept<Result extends AcceptResult>(
  { api, tracer, own, acceptances, facts }: Tracing & { readonly facts: AcceptFacts },
  work: () => Promise<Result>,
): Promise<Result> {
  const attributes = { ...own, 'fiscalkit.operation': facts.operation, 'fiscalkit.merchant': facts.merchant };
  return tracer.startActiveSpan('fiscalkit.accept', { attributes }, async (span) => {
    try {
      const result = await acceptances.within(span, work);
      // What is accepted within a transaction of the caller's, the ledger itself does not tell of.
      if (result.receiptId !== undefined) acceptances.note(span, result.receiptId);
      span.setAttribute('fiscalkit.replayed', result.replayed);
      return result;
    } catch (error) {
      span.setAttribute('error.type', isFiscalError(error) ? error.code : 'unforeseen');
      span.setStatus({ code: api.SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Creates a span for every call to a provider. Returns an unsubscribe function. */
export function traceAttempts(
  ledger: Pick<Ledger, 'observe'>,
  { api, tracer, own, acceptances }: Tracing,
): () => void {
  return ledger.observe((event) => {
    if (event.type !== 'attempt') return;
    const { entryId, provider, step, verdict, reason, durationMs } = event;
    const accepted = acceptances.contextOf(entryId);
    const endedAt = Date.now();
    const attributes = {
      ...own,
      'fiscalkit.entry_id': entryId,
      'fiscalkit.provider': provider,
      'fiscalkit.step': step,
      'fiscalkit.verdict': verdict,
      ...(reason !== null && { 'error.type': reason }),
    };
    const span = tracer.startSpan('fiscalkit.attempt', {
      // The call came from the queue: whoever happened to wake delivery is not its parent.
      root: true,
      kind: api.SpanKind.CLIENT,
      startTime: endedAt - durationMs,
      attributes,
      ...(accepted && { links: [{ context: accepted }] }),
    });
    if (reason !== null) span.setStatus({ code: api.SpanStatusCode.ERROR });
    span.end(endedAt);
  });
}

/** Most acceptances that are remembered: attempts of older entries have no link. */
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

  /** Records acceptances, and forgets entries that are final. */
  hear(event: LedgerSignal): void {
    const span = this.#spans.getStore();
    if (span && (event.type === 'accepted' || event.type === 'replayed')) this.note(span, event.entry.id);
    if (event.type !== 'transition') return;
    const { id, state } = event.entry;
    if (state === 'registered' || state === 'rejected') this.#contexts.delete(id);
  }

  /** Returns the span in which this process accepted the entry, if it is remembered. */
  contextOf(id: string): SpanContext | undefined {
    return this.#contexts.get(id);
  }
}

/** The API of `@opentelemetry/api`. */
export type OpenTelemetry = typeof import('@opentelemetry/api');

import type { Ledger } from '@fiscalkit/ledger';
import type { Attributes, Tracer } from '@opentelemetry/api';
import type { Acceptances } from './acceptances.js';
import type { OpenTelemetry } from './open-telemetry.js';

interface AttemptTrace {
  readonly api: OpenTelemetry;
  readonly tracer: Tracer;
  readonly ledger: Ledger;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
  readonly acceptances: Acceptances;
}

/** Makes a span of every call to a provider; answers how to stop. */
export function traceAttempts({ api, tracer, ledger, own, acceptances }: AttemptTrace): () => void {
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

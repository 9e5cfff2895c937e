import { isFiscalError } from '@fiscalkit/schemas';
import type { Attributes, Tracer } from '@opentelemetry/api';
import type { Acceptances } from './acceptances.js';
import type { OpenTelemetry } from './open-telemetry.js';
import type { AcceptFacts, AcceptResult } from './telemetry.js';

interface AcceptTrace {
  readonly api: OpenTelemetry;
  readonly tracer: Tracer;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
  readonly facts: AcceptFacts;
  readonly acceptances: Acceptances;
}

/** Does the work within a span that lasts as long as the caller waits. Errors are told by their code, never by their message. */
export function traceAccept<Result extends AcceptResult>(
  { api, tracer, own, facts, acceptances }: AcceptTrace,
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

import type { LedgerEvent } from '@fiscalkit/ledger';
import type { Attributes } from '@opentelemetry/api';
import type { MeterSubject } from './meter-subject.js';

type Count = (attributes: Attributes) => void;

/** Counts what happens to documents, and how long calls to providers take; answers how to stop. */
export function countEvents({ meter, ledger, own }: MeterSubject): () => void {
  const counter = (name: string, description: string): Count => {
    const instrument = meter.createCounter(`fiscalkit.${name}`, { description });
    return (attributes) => instrument.add(1, { ...own, ...attributes });
  };
  const attempts = meter.createHistogram('fiscalkit.attempt.duration', {
    description: 'Duration of one call to a provider',
    unit: 's',
  });
  const counts: Record<string, Count | undefined> = {
    registered: counter('registered', 'Documents registered by a provider'),
    rejected: counter('rejected', 'Documents rejected by a provider for good'),
    held: counter('held', 'Documents held because their sale was rejected'),
    unknown: counter('unknown', 'Attempts whose outcome was unknown at first'),
  };
  const accepted = counter('accepted', 'Documents accepted: durable, and owed to a provider');
  const sameContent = counter(
    'same_content',
    'Documents without a key that were answered with the stored one of the same content',
  );
  const twinsRefused = counter('twins_refused', 'Receipts refused as twins of stored ones');
  const storeErrors = counter('store_errors', 'Calls that the ledger could not carry out');
  const handlerFailures = counter('handler_failures', 'Calls of event handlers that failed');

  return ledger.observe((event: LedgerEvent) => {
    switch (event.type) {
      case 'accepted':
        return accepted({ 'fiscalkit.operation': event.entry.operation });
      case 'replayed':
        return event.hadKey ? undefined : sameContent({ 'fiscalkit.operation': event.entry.operation });
      case 'twin-refused':
        return twinsRefused({ 'fiscalkit.operation': event.entry.operation });
      case 'transition': {
        const { state, provider } = event.entry;
        return event.from === state ? undefined : counts[state]?.({ 'fiscalkit.provider': provider });
      }
      case 'held':
        return counts.held?.({ 'fiscalkit.provider': event.entry.provider });
      case 'attempt': {
        const { provider, step, verdict } = event;
        const labels = {
          'fiscalkit.provider': provider,
          'fiscalkit.step': step,
          'fiscalkit.verdict': verdict,
        };
        return attempts.record(event.durationMs / 1000, { ...own, ...labels });
      }
      case 'store-error':
        return storeErrors({ 'error.type': event.code });
      case 'event-failed':
        return handlerFailures({ 'fiscalkit.handler': event.handler, 'fiscalkit.event': event.kind });
      default:
        return;
    }
  });
}

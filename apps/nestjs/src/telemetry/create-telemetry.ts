import type { Ledger, LedgerSignal } from '@fiscalkit/ledger';
import type { Attributes, Meter } from '@opentelemetry/api';
import type { Telemetry } from './telemetry.js';
import { Acceptances, type OpenTelemetry, traceAccept, traceAttempts } from './tracing.js';

/** What of a ledger is traced and measured. */
type ObservedLedger = Pick<Ledger, 'observe' | 'figures' | 'breakers' | 'troubledAccounts'>;

/** What is traced and measured. */
interface TelemetrySubject {
  readonly ledger: ObservedLedger;
  /** Name of the module instance, if it has one. */
  readonly name: string | undefined;
}

const scope = '@fiscalkit/nestjs';

/** Traces and measures a ledger with whatever SDK the application has registered. */
export function createTelemetry(api: OpenTelemetry, { ledger, name }: TelemetrySubject): Telemetry {
  const tracer = api.trace.getTracer(scope);
  const meter = api.metrics.getMeter(scope);
  const own = name === undefined ? {} : { 'fiscalkit.instance': name };
  const acceptances = new Acceptances();
  const endings = [
    ledger.observe((event) => acceptances.hear(event)),
    traceAttempts({ api, tracer, ledger, own, acceptances }),
    countEvents({ meter, ledger, own }),
    measureFigures({ meter, ledger, own }),
  ];
  return {
    accept: (facts, work) => traceAccept({ api, tracer, own, facts, acceptances }, work),
    stop() {
      for (const end of endings) end();
    },
  };
}

type Count = (attributes: Attributes) => void;

/** Counts what happens to documents, and how long calls to providers take; answers how to stop. */
function countEvents({ meter, ledger, own }: MeterSubject): () => void {
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

  return ledger.observe((event: LedgerSignal) => {
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

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Measures what waits whenever figures are collected; answers how to stop. */
function measureFigures({ meter, ledger, own }: MeterSubject): () => void {
  const gauge = (name: string, description: string, unit = '1') =>
    meter.createObservableGauge(`fiscalkit.${name}`, { description, unit });
  const due = gauge('due', 'Documents whose next step is due now');
  const entries = gauge('entries', 'Documents in the ledger by state');
  const oldest = gauge('oldest_unfinished_age', 'Age of the oldest document that is not final', 's');
  const held = gauge('held', 'Documents that are held because their sale was rejected');
  const overdue = gauge('overdue', 'Documents that have not become final in the time they should');
  const breakers = gauge('breaker_state', 'Circuit breaker that is worst off: 0 closed, 1 half-open, 2 open');
  const troubled = gauge('accounts_troubled', 'Accounts that calls are kept from, or that refuse a key');

  const instruments = [due, entries, oldest, held, overdue, breakers, troubled];
  const measure: Parameters<typeof meter.addBatchObservableCallback>[0] = async (result) => {
    const figures = await ledger.figures();
    // The clock of the ledger's server may be ahead of this one.
    const since = figures.oldestUnfinishedAt?.getTime() ?? Date.now();
    result.observe(due, figures.due, own);
    result.observe(overdue, figures.overdue, own);
    result.observe(held, figures.held, own);
    result.observe(oldest, Math.max(0, Date.now() - since) / 1000, own);
    for (const [state, count] of Object.entries(figures.byState)) {
      result.observe(entries, count, { ...own, 'fiscalkit.state': state });
    }
    const accounts = Map.groupBy(ledger.troubledAccounts(), ({ provider }) => provider);
    for (const [provider, state] of Object.entries(ledger.breakers())) {
      const ofProvider = { ...own, 'fiscalkit.provider': provider };
      result.observe(breakers, breakerValues[state], ofProvider);
      result.observe(troubled, accounts.get(provider)?.length ?? 0, ofProvider);
    }
  };
  meter.addBatchObservableCallback(measure, instruments);
  return () => meter.removeBatchObservableCallback(measure, instruments);
}

/** What figures are made of. */
export interface MeterSubject {
  readonly meter: Meter;
  readonly ledger: ObservedLedger;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
}

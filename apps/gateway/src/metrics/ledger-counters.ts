import type { LedgerEvent } from '@fiscalkit/ledger';
import { Histogram, type Registry } from 'prom-client';
import { durationBuckets } from './duration-buckets.js';
import { Instruments } from './instruments.js';

const outcomes = ['registered', 'rejected', 'unknown'] as const;

/** Counts what the ledger does in this process. */
export class LedgerCounters {
  readonly #counters;
  readonly #attempts;

  constructor(registry: Registry) {
    const instruments = new Instruments(registry);
    this.#counters = {
      accepted: instruments.counter('accepted', 'Documents accepted: durable, and owed to a provider', [
        'operation',
      ]),
      sameContent: instruments.counter(
        'same_content',
        'Documents without a key that were answered with the stored one of the same content',
        ['operation'],
      ),
      twinsRefused: instruments.counter('twins_refused', 'Receipts refused as twins of stored ones', [
        'operation',
      ]),
      registered: instruments.counter('registered', 'Documents registered by a provider', ['provider']),
      rejected: instruments.counter('rejected', 'Documents rejected by a provider for good', ['provider']),
      unknown: instruments.counter('unknown', 'Attempts whose outcome was unknown at first', ['provider']),
      storeErrors: instruments.counter('store_errors', 'Calls that the ledger could not carry out', ['code']),
      interventions: instruments.counter('interventions', 'What administrators did to entries', ['action']),
    };
    this.#attempts = new Histogram({
      name: 'fiscalkit_attempt_duration_seconds',
      help: 'Duration of one call to a provider',
      labelNames: ['provider', 'step', 'verdict'],
      buckets: durationBuckets,
      registers: [registry],
    });
  }

  /** Tells what has not happened yet as zero. */
  begin(providers: readonly string[]): void {
    for (const provider of providers) {
      for (const outcome of outcomes) this.#counters[outcome].inc({ provider }, 0);
    }
  }

  count(event: LedgerEvent): void {
    switch (event.type) {
      case 'accepted':
        this.#counters.accepted.inc({ operation: event.entry.operation });
        return;
      case 'replayed':
        if (!event.hadKey) this.#counters.sameContent.inc({ operation: event.entry.operation });
        return;
      case 'twin-refused':
        this.#counters.twinsRefused.inc({ operation: event.entry.operation });
        return;
      case 'transition':
        this.#countTransition(event);
        return;
      case 'attempt':
        this.#attempts.observe(
          { provider: event.provider, step: event.step, verdict: event.verdict },
          event.durationMs / 1000,
        );
        return;
      case 'intervention':
        this.#counters.interventions.inc({ action: event.action });
        return;
      case 'store-error':
        this.#counters.storeErrors.inc({ code: event.code });
        return;
      default:
        return;
    }
  }

  #countTransition({ entry, from }: Extract<LedgerEvent, { type: 'transition' }>): void {
    const to = entry.state;
    if (from === to) return;
    if (to === 'registered' || to === 'rejected' || to === 'unknown') {
      this.#counters[to].inc({ provider: entry.provider });
    }
  }
}

import type { LedgerEvent } from '@fiscalkit/ledger';
import type { FiscalService } from '@fiscalkit/nestjs';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A request that was served, for the histogram. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

const outcomes = ['registered', 'rejected', 'unknown'] as const;

const attemptBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The gateway's figures in the Prometheus text format, in a registry of their own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = {
    accepted: this.#counter('accepted', 'Documents accepted: durable, and owed to a provider', ['operation']),
    registered: this.#counter('registered', 'Documents registered by a provider', ['provider']),
    rejected: this.#counter('rejected', 'Documents rejected by a provider for good', ['provider']),
    unknown: this.#counter('unknown', 'Attempts whose outcome was unknown at first', ['provider']),
    storeErrors: this.#counter('store_errors', 'Calls that the ledger could not carry out', ['code']),
  };
  readonly #attempts = new Histogram({
    name: 'fiscalkit_attempt_duration_seconds',
    help: 'Duration of one call to a provider',
    labelNames: ['provider', 'step', 'verdict'],
    buckets: attemptBuckets,
    registers: [this.#registry],
  });
  readonly #requests = new Histogram({
    name: 'fiscalkit_request_duration_seconds',
    help: 'Duration of one request to the gateway',
    labelNames: ['method', 'route', 'status'],
    buckets: attemptBuckets,
    registers: [this.#registry],
  });
  readonly #due = this.#gauge('due', 'Documents whose next step is due now', []);
  readonly #entries = this.#gauge('entries', 'Documents in the ledger by state', ['state']);
  readonly #oldest = this.#gauge(
    'oldest_pending_age_seconds',
    'Age of the oldest document that is not final',
    [],
  );
  readonly #breakers = this.#gauge('breaker_state', 'Circuit breaker: 0 closed, 1 half-open, 2 open', [
    'provider',
  ]);

  /** Counts what this process does from now on; what has not happened yet is told as zero. */
  watch(fiscal: FiscalService): void {
    for (const provider of Object.keys(fiscal.breakers())) {
      for (const outcome of outcomes) this.#counters[outcome].inc({ provider }, 0);
    }
    fiscal.observe((event) => this.#count(event));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  requestServed({ method, route, status, seconds }: ServedRequest): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** All figures, those of the ledger read now. */
  async text(fiscal: FiscalService): Promise<string> {
    const figures = await fiscal.figures();
    this.#due.set(figures.due);
    this.#oldest.set(
      figures.oldestUnfinishedAt ? (Date.now() - figures.oldestUnfinishedAt.getTime()) / 1000 : 0,
    );
    for (const [state, count] of Object.entries(figures.byState)) this.#entries.set({ state }, count);
    for (const [provider, state] of Object.entries(fiscal.breakers())) {
      this.#breakers.set({ provider }, breakerValues[state]);
    }
    return this.#registry.metrics();
  }

  #count(event: LedgerEvent): void {
    switch (event.type) {
      case 'accepted':
        this.#counters.accepted.inc({ operation: event.entry.operation });
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

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `fiscalkit_${name}_total`, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name: `fiscalkit_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

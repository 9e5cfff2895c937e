import type { FiscalEventKind, FiscalService } from '@fiscalkit/nestjs';
import { Histogram, Registry } from 'prom-client';
import { delayKinds } from '../delays/delay-kinds.js';
import type { Connections } from '../http/connections.js';
import type { Logger } from '../logs/logger.js';
import { durationBuckets } from './duration-buckets.js';
import { Instruments } from './instruments.js';
import { LedgerCounters } from './ledger-counters.js';
import { LedgerGauges } from './ledger-gauges.js';

/** A request that was served, for the histogram. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** The gateway's figures in the Prometheus text format, in a registry of their own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #instruments = new Instruments(this.#registry);
  readonly #ledger = new LedgerCounters(this.#registry);
  readonly #gauges = new LedgerGauges(this.#registry);
  readonly #requests = new Histogram({
    name: 'fiscalkit_request_duration_seconds',
    help: 'Duration of one request to the gateway',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers: [this.#registry],
  });
  readonly #problems = this.#instruments.counter('problems', 'Requests that were answered with an error', [
    'code',
  ]);
  readonly #delays = this.#instruments.counter('delays', 'Documents that were announced as delayed', [
    'kind',
  ]);
  readonly #openConnections = this.#instruments.gauge('connections_open', 'Connections of clients');
  readonly #refusedConnections = this.#instruments.counter(
    'connections_refused',
    'Connections that were ended on our side because of a bound or of what was sent',
    ['code'],
  );
  readonly #linesDropped = this.#instruments.counter(
    'log_lines_dropped',
    'Log lines that were dropped because the output took none',
  );
  #connections: Connections | null = null;
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
    for (const kind of delayKinds) this.#delays.inc({ kind }, 0);
    this.#refusedConnections.inc({ code: 'connections.full' }, 0);
  }

  /** Counts what this process does from now on. */
  watch(fiscal: FiscalService): void {
    this.#ledger.begin(Object.keys(fiscal.breakers()));
    fiscal.observe((event) => this.#ledger.count(event));
  }

  watchConnections(connections: Connections): void {
    this.#connections = connections;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  requestServed({ method, route, status, seconds }: ServedRequest): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  problem(code: string): void {
    this.#problems.inc({ code });
  }

  delay(kind: FiscalEventKind): void {
    this.#delays.inc({ kind });
  }

  connectionRefused(code: string): void {
    this.#refusedConnections.inc({ code });
  }

  /** All figures, those of the ledger read now. */
  async text(fiscal: FiscalService): Promise<string> {
    await this.#gauges.read(fiscal);
    this.#linesDropped.reset();
    this.#linesDropped.inc(this.#logger.linesDropped ?? 0);
    this.#openConnections.set(this.#connections?.open ?? 0);
    return this.#registry.metrics();
  }
}

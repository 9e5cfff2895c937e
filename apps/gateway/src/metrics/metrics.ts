import type { FiscalEventKind, FiscalService } from '@fiscalkit/nestjs';
import { Histogram, Registry } from 'prom-client';
import type { Connections } from '../http/connections.js';
import type { Logger } from '../logs/logger.js';
import { gatewayVersion } from '../version.js';
import { delayKinds, durationBuckets, Instruments } from './instruments.js';
import { AccountGauges, LedgerCounters, LedgerGauges } from './ledger-metrics.js';

/** A request that was served, for the histogram. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is known at the moment of a scrape. */
export interface FiguresNow {
  readonly fiscal: Pick<FiscalService, 'breakers' | 'troubledAccounts'>;
  /** `null` while the ledger can't be read. */
  readonly figures: Awaited<ReturnType<FiscalService['figures']>> | null;
  readonly isUp: boolean;
}

/** The gateway's figures in the Prometheus text format, in a registry of their own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #instruments = new Instruments(this.#registry);
  readonly #ledger = new LedgerCounters(this.#registry);
  readonly #accounts = new AccountGauges(this.#registry);
  readonly #ledgerGauges = new LedgerGauges();
  readonly #ledgerUp = this.#instruments.gauge('ledger_up', 'Whether the ledger can be read and written now');
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
    this.#instruments
      .gauge('build_info', 'Always 1; its labels say which version runs', ['version', 'node'])
      .set({ version: gatewayVersion(), node: process.versions.node }, 1);
    for (const kind of delayKinds) this.#delays.inc({ kind }, 0);
    this.#refusedConnections.inc({ code: 'connections.full' }, 0);
  }

  /** Counts what this process does from now on. */
  watch(fiscal: Pick<FiscalService, 'breakers' | 'observe'>): void {
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

  /** All figures; those of the ledger, which were read just now, are left out when there are none. */
  async text({ fiscal, figures, isUp }: FiguresNow): Promise<string> {
    this.#accounts.read(fiscal);
    this.#ledgerUp.set(isUp ? 1 : 0);
    this.#linesDropped.reset();
    this.#linesDropped.inc(this.#logger.linesDropped ?? 0);
    this.#openConnections.set(this.#connections?.open ?? 0);
    const own = await this.#registry.metrics();
    return figures ? `${own}${await this.#ledgerGauges.text(figures)}` : own;
  }
}

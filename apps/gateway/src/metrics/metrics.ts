import {
  countedOutcomes,
  describeSignal,
  ledgerMetrics,
  type Measurement,
  type MetricDescription,
  type MetricTable,
  measureAccounts,
  measureFigures,
  measureFindings,
  metric,
  prometheusName,
} from '@fiscalkit/ledger';
import type { FiscalEventKind, FiscalService } from '@fiscalkit/nestjs';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Connections } from '../http/connections.js';
import type { Logger } from '../logs/logger.js';
import { gatewayVersion } from '../version.js';

/** The gateway's own metrics, beside those of its ledger. */
export const gatewayMetrics = {
  ledger_up: metric.gauge('Whether the ledger can be read and written now'),
  'request.duration': metric.durations('Duration of one request to the gateway', [
    'method',
    'route',
    'status',
  ]),
  problems: metric.counter('Requests that were answered with an error', ['code']),
  delays: metric.counter('Documents that were announced as delayed', ['kind']),
  connections_open: metric.gauge('Connections of clients'),
  connections_refused: metric.counter(
    'Connections that were ended on our side because of a bound or of what was sent',
    ['code'],
  ),
  log_lines_dropped: metric.counter('Log lines that were dropped because the output took none'),
  'webhook.duration': metric.durations('Duration of one delivery to an endpoint of a merchant', [
    'merchant',
    'outcome',
  ]),
  webhooks_failing: metric.gauge('Endpoints whose last delivery failed', ['merchant']),
  webhooks_disabled: metric.gauge('Endpoints that are disabled: a person should look', ['merchant', 'why']),
  build_info: metric.gauge('Always 1; its labels say which version runs', ['version', 'node']),
} satisfies MetricTable;

/** Events of documents that take longer than they should, or are held: an operator may have to look. */
export const delayKinds = [
  'receipt.held',
  'receipt.unknown-for-long',
  'receipt.overdue',
  'payment.unknown-for-long',
  'payment.overdue',
] as const satisfies readonly FiscalEventKind[];

/** A request that was served, for the histogram. */
export interface ServedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** An endpoint of webhooks. */
interface EndpointName {
  readonly merchant: string;
  readonly name: string;
}

/** State at the moment of a scrape. */
export interface FiguresNow {
  readonly fiscal: Pick<FiscalService, 'breakers' | 'troubledAccounts' | 'reconciliationFindings'>;
  /** `null` while the ledger can't be read. */
  readonly figures: Awaited<ReturnType<FiscalService['figures']>> | null;
  readonly isUp: boolean;
}

/** The gateway's metrics in the Prometheus text format, in registries of their own. */
export class Metrics {
  readonly #logger: Logger;
  readonly #registry = new Registry();
  /** What is in the ledger: left out while it can't be read. */
  readonly #ledgerRegistry = new Registry();
  readonly #ledger = new Instruments(ledgerMetrics, ({ scope }) =>
    scope === 'ledger' ? this.#ledgerRegistry : this.#registry,
  );
  readonly #own = new Instruments(gatewayMetrics, () => this.#registry);
  #connections: Connections | null = null;
  #linesDropped = 0;
  /** The endpoints that fail, and those that are disabled, as far as this process delivers to them. */
  readonly #failing = new Map<string, { readonly merchant: string }>();
  readonly #disabled = new Map<string, { readonly merchant: string; readonly why: string }>();

  constructor(logger: Logger) {
    this.#logger = logger;
    const labels = { version: gatewayVersion(), node: process.versions.node };
    this.#own.record({ metric: 'build_info', labels });
    for (const kind of delayKinds) this.#own.record({ metric: 'delays', labels: { kind }, value: 0 });
    this.#own.record({ metric: 'connections_refused', labels: { code: 'connections.full' }, value: 0 });
  }

  /** Counts what this process does from now on. */
  watch(fiscal: Pick<FiscalService, 'breakers' | 'observe'>): void {
    for (const provider of Object.keys(fiscal.breakers())) {
      for (const outcome of [...countedOutcomes, 'put_on_hold'] as const)
        this.#ledger.record({ metric: outcome, labels: { provider }, value: 0 });
    }
    fiscal.observe((signal) => {
      const { measurement } = describeSignal(signal);
      if (measurement) this.#ledger.record(measurement);
    });
  }

  watchConnections(connections: Connections): void {
    this.#connections = connections;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  requestServed({ method, route, status, seconds }: ServedRequest): void {
    const labels = { method, route, status: String(status) };
    this.#own.record({ metric: 'request.duration', labels, value: seconds });
  }

  problem(code: string): void {
    this.#own.record({ metric: 'problems', labels: { code } });
  }

  delay(kind: FiscalEventKind): void {
    this.#own.record({ metric: 'delays', labels: { kind } });
  }

  webhookAttempted(merchant: string, outcome: 'delivered' | 'failed', seconds: number): void {
    this.#own.record({ metric: 'webhook.duration', labels: { merchant, outcome }, value: seconds });
  }

  /** Notes that an endpoint takes no event just now. */
  webhookFailing({ merchant, name }: EndpointName): void {
    this.#failing.set(`${merchant}:${name}`, { merchant });
    this.#countFailing(merchant);
  }

  /** Notes that an endpoint is disabled. */
  webhookDisabled({ merchant, name }: EndpointName, why: string): void {
    this.webhookRecovered({ merchant, name });
    this.#disabled.set(`${merchant}:${name}`, { merchant, why });
    this.#countDisabled(merchant, why);
  }

  /** Notes that an endpoint takes events, or is no longer that of this process. */
  webhookActive({ merchant, name }: EndpointName): void {
    const disabled = this.#disabled.get(`${merchant}:${name}`);
    this.#disabled.delete(`${merchant}:${name}`);
    if (disabled) this.#countDisabled(merchant, disabled.why);
    this.webhookRecovered({ merchant, name });
  }

  /** Notes that an endpoint no longer fails, whether or not it is disabled. */
  webhookRecovered({ merchant, name }: EndpointName): void {
    if (this.#failing.delete(`${merchant}:${name}`)) this.#countFailing(merchant);
  }

  #countFailing(merchant: string): void {
    const same = Array.from(this.#failing.values()).filter((each) => each.merchant === merchant);
    this.#own.record({ metric: 'webhooks_failing', labels: { merchant }, value: same.length });
  }

  #countDisabled(merchant: string, why: string): void {
    const same = Array.from(this.#disabled.values()).filter(
      (each) => each.merchant === merchant && each.why === why,
    );
    this.#own.record({ metric: 'webhooks_disabled', labels: { merchant, why }, value: same.length });
  }

  connectionRefused(code: string): void {
    this.#own.record({ metric: 'connections_refused', labels: { code } });
  }

  /** Returns all metrics; those of the figures, which were read just now, only where there are some. */
  async text({ fiscal, figures, isUp }: FiguresNow): Promise<string> {
    for (const measurement of measureAccounts(fiscal.breakers(), fiscal.troubledAccounts()))
      this.#ledger.record(measurement);
    for (const measurement of measureFindings(fiscal.reconciliationFindings()))
      this.#ledger.record(measurement);
    this.#own.record({ metric: 'ledger_up', labels: {}, value: isUp ? 1 : 0 });
    const linesDropped = this.#logger.linesDropped ?? 0;
    this.#own.record({ metric: 'log_lines_dropped', labels: {}, value: linesDropped - this.#linesDropped });
    this.#linesDropped = linesDropped;
    this.#own.record({ metric: 'connections_open', labels: {}, value: this.#connections?.open ?? 0 });
    const own = await this.#registry.metrics();
    if (!figures) return own;
    for (const measurement of measureFigures(figures)) this.#ledger.record(measurement);
    return `${own}${await this.#ledgerRegistry.metrics()}`;
  }
}

type Recorder = (labels: Readonly<Record<string, string>>, value: number) => void;

/** The instruments of a table of metrics, each in the registry that is chosen for it. */
class Instruments<Table extends MetricTable> {
  readonly #recorders: ReadonlyMap<keyof Table, Recorder>;

  constructor(table: Table, registryOf: (metric: MetricDescription) => Registry) {
    this.#recorders = new Map(
      Object.entries(table).map(([name, each]) => [name, createRecorder(name, each, registryOf(each))]),
    );
  }

  record({ metric: name, labels, value = 1 }: Measurement<Table>): void {
    this.#recorders.get(name)?.(labels, value);
  }
}

/** Upper bounds of the histograms of durations, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Creates the instrument of a metric; returns how to record a value with it. */
function createRecorder(name: string, description: MetricDescription, registry: Registry): Recorder {
  const { kind, help, labels: labelNames } = description;
  const settings = { name: prometheusName(name, description), help, labelNames, registers: [registry] };
  switch (kind) {
    case 'counter': {
      const counter = new Counter(settings);
      return (labels, value) => counter.inc(labels, value);
    }
    case 'gauge': {
      const gauge = new Gauge(settings);
      return (labels, value) => gauge.set(labels, value);
    }
    case 'histogram': {
      const histogram = new Histogram({ ...settings, buckets });
      return (labels, value) => histogram.observe(labels, value);
    }
  }
}

/** Description of a metric, from which sinks create their instruments. */
export interface MetricDescription<Label extends string = string> {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly Label[];
  /** `s`: seconds; `1`: a number of something, or a state. */
  readonly unit: '1' | 's';
  /**
   * Whose value it is: each process has its own, which can be summed up, or all processes on one ledger show
   * the same, of which the maximum is taken.
   */
  readonly scope: 'process' | 'ledger';
}

const described =
  <const Traits extends Omit<MetricDescription, 'help' | 'labels'>>(traits: Traits) =>
  <Label extends string = never>(help: string, labels: readonly Label[] = []) => ({
    ...traits,
    help,
    labels,
  });

/** Descriptions of metrics by their traits; each takes a help text and labels. */
export const metric = {
  counter: described({ kind: 'counter', unit: '1', scope: 'process' }),
  durations: described({ kind: 'histogram', unit: 's', scope: 'process' }),
  gauge: described({ kind: 'gauge', unit: '1', scope: 'process' }),
  ledgerGauge: described({ kind: 'gauge', unit: '1', scope: 'ledger' }),
  ledgerAge: described({ kind: 'gauge', unit: 's', scope: 'ledger' }),
};

/** The metrics of a ledger. Accounts are no labels: there may be thousands. */
export const ledgerMetrics = {
  accepted: metric.counter('Documents accepted: durable, and owed to a provider', ['operation']),
  same_content: metric.counter(
    'Documents without a key that were answered with the stored one of the same content',
    ['operation'],
  ),
  twins_refused: metric.counter('Receipts refused as twins of stored ones', ['operation']),
  registered: metric.counter('Documents registered by a provider', ['provider']),
  rejected: metric.counter('Documents rejected by a provider for good', ['provider']),
  unknown: metric.counter('Attempts whose outcome was unknown at first', ['provider']),
  put_on_hold: metric.counter('Documents held because their sale was rejected', ['provider']),
  store_errors: metric.counter('Calls that the ledger could not carry out', ['code']),
  interventions: metric.counter('What administrators did to entries', ['action']),
  handler_failures: metric.counter('Calls of event handlers that failed', ['handler', 'event']),
  'attempt.duration': metric.durations('Duration of one call to a provider', ['provider', 'step', 'verdict']),
  breaker_state: metric.gauge(
    'Circuit breaker of the account that is worst off: 0 closed, 1 half-open, 2 open',
    ['provider'],
  ),
  accounts_troubled: metric.gauge('Accounts that calls are kept from, or that refuse a key, by why', [
    'provider',
    'why',
  ]),
  reconciliation_findings: metric.gauge(
    'Findings of the last comparison of each merchant with its payments, by kind: a person should look',
    ['kind'],
  ),
  due: metric.ledgerGauge('Documents whose next step is due now'),
  entries: metric.ledgerGauge('Documents in the ledger by state', ['state']),
  oldest_pending_age: metric.ledgerAge('Age of the oldest document that is not final'),
  held: metric.ledgerGauge('Documents that are held because their sale was rejected: a person should look'),
  overdue: metric.ledgerGauge('Documents that are not final long after they were accepted'),
  search_lag: metric.ledgerAge('Age of the oldest change that searches do not know yet'),
  unknown_for_long: metric.ledgerGauge(
    'Documents whose outcome has been unknown for long: a person should look',
  ),
} satisfies MetricTable;

/** Descriptions by name, whose words are parted by dots and underscores. */
export type MetricTable = Readonly<Record<string, MetricDescription>>;

/** A measurement of one of the metrics. */
export type Measurement<Table extends MetricTable = typeof ledgerMetrics> = {
  readonly [Name in keyof Table]: {
    readonly metric: Name;
    readonly labels: Readonly<Record<Table[Name]['labels'][number], string>>;
    /** Increment of a counter, value of a gauge or a histogram; 1 when absent. */
    readonly value?: number;
  };
}[keyof Table];

/** Returns the name in Prometheus, with its unit and, for a counter, `_total` as suffixes. */
export function prometheusName(
  name: string,
  { kind, unit }: Pick<MetricDescription, 'kind' | 'unit'>,
): string {
  const suffix = `${unit === 's' ? '_seconds' : ''}${kind === 'counter' ? '_total' : ''}`;
  return `fiscalkit_${name.replaceAll('.', '_')}${suffix}`;
}

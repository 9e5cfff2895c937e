import { ledgerMetrics, prometheusName } from '@fiscalkit/ledger';
import { gatewayMetrics } from './metrics.js';

const table = { ...ledgerMetrics, ...gatewayMetrics };

/** Returns the name of a metric of the table, with the suffix of a histogram's series. */
function metric(name: keyof typeof table, suffix: '' | '_count' = ''): string {
  return prometheusName(name, table[name]) + suffix;
}

interface AlertRule {
  readonly name: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
  /** `critical`: at any hour; `warning`: in working hours. */
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  /** What to do. */
  readonly action: string;
}

const failed = `${metric('request.duration', '_count')}{status=~"5.."}`;
const tried = `${metric('problems')}{code=~"access[.].*|signature[.].*"}`;

/** The alerts: what `operations.md` says to look at, and when. */
export const alertRules: readonly AlertRule[] = [
  {
    name: 'FiscalkitGone',
    expr: `absent(${metric('build_info')})`,
    for: '2m',
    severity: 'critical',
    summary: 'No gateway shows metrics',
    action: 'Start it, or mend what keeps Prometheus from it: nothing is accepted or delivered without one.',
  },
  {
    name: 'FiscalkitLedgerDown',
    expr: `min(${metric('ledger_up')}) == 0`,
    for: '1m',
    severity: 'critical',
    summary: 'The ledger can not be read or written',
    action:
      'The lines ledger.failed of the log say why: a full disk, a database that is away, a refused login.',
  },
  {
    name: 'FiscalkitStoreErrors',
    expr: `sum by (code) (increase(${metric('store_errors')}[5m])) > 0`,
    for: '5m',
    severity: 'warning',
    summary: 'Calls of the ledger fail: {{ $labels.code }}',
    action: 'See the lines ledger.failed of the log.',
  },
  {
    name: 'FiscalkitUnknownForLong',
    expr: `max(${metric('unknown_for_long')}) > 0`,
    for: '1m',
    severity: 'critical',
    summary: '{{ $value }} documents may be registered or not, and nobody knows',
    action: 'List them with GET /admin/entries?state=unknown, and look each up at its provider.',
  },
  {
    name: 'FiscalkitOverdue',
    expr: `max(${metric('overdue')}) > 0`,
    for: '1m',
    severity: 'critical',
    summary: '{{ $value }} documents are not registered long after they were accepted',
    action: 'Their provider may be away, or an earlier document of their payment waits for a person.',
  },
  {
    name: 'FiscalkitHeld',
    expr: `max(${metric('held')}) > 0`,
    for: '15m',
    severity: 'warning',
    summary: '{{ $value }} documents are held because their sale was rejected',
    action: 'Resubmit the sale, or resolve what waits behind it.',
  },
  {
    name: 'FiscalkitParked',
    expr: `max(${metric('entries')}{state="parked"}) > 0`,
    for: '1h',
    severity: 'warning',
    summary: '{{ $value }} documents were stopped by a person who did not come back',
    action: 'Retry or resolve them.',
  },
  {
    name: 'FiscalkitRejected',
    expr: `sum by (provider) (increase(${metric('rejected')}[15m])) > 0`,
    for: '0m',
    severity: 'warning',
    summary: '{{ $labels.provider }} refused documents for good',
    action: 'Read why with GET /admin/entries?state=rejected; mend the cause and resubmit them.',
  },
  {
    name: 'FiscalkitBacklog',
    expr: `max(${metric('oldest_pending_age')}) > 3600`,
    for: '5m',
    severity: 'warning',
    summary: 'The oldest document waits for {{ $value | humanizeDuration }}',
    action: 'GET /health/ready names the accounts that calls are kept from.',
  },
  {
    name: 'FiscalkitProviderOut',
    // It is half-open for a moment whenever one call tries.
    expr: `max by (provider) (max_over_time(${metric('breaker_state')}[5m])) == 2`,
    for: '10m',
    severity: 'warning',
    summary: 'An account at {{ $labels.provider }} is out of reach',
    action: 'Documents are accepted and wait; they go by themselves when it is back.',
  },
  {
    name: 'FiscalkitKeyRefused',
    expr: `max by (provider) (${metric('accounts_troubled')}{why="key"}) > 0`,
    for: '5m',
    severity: 'critical',
    summary: '{{ $labels.provider }} refuses the key of a merchant',
    action: 'The line account.unauthorized of the log names the merchant: give it the right key.',
  },
  {
    name: 'FiscalkitReconciliation',
    expr: `max by (kind) (${metric('reconciliation_findings')}) > 0`,
    for: '0m',
    severity: 'warning',
    summary: '{{ $value }} findings of the last comparison with payments: {{ $labels.kind }}',
    action: 'Read the report, and do what it says of each.',
  },
  {
    name: 'FiscalkitWebhookFailing',
    expr: `sum by (merchant) (${metric('webhooks_failing')}) > 0`,
    for: '1h',
    severity: 'warning',
    summary: 'An endpoint of merchant {{ $labels.merchant }} takes no events',
    action: 'GET /admin/webhooks says which; tell its owner, for it is disabled after a week of failures.',
  },
  {
    name: 'FiscalkitWebhookDisabled',
    expr: `sum by (merchant, why) (${metric('webhooks_disabled')}) > 0`,
    for: '0m',
    severity: 'critical',
    summary: 'An endpoint of merchant {{ $labels.merchant }} is sent no events any more: {{ $labels.why }}',
    action: 'Tell its owner; once it is mended, send again from when it was disabled.',
  },
  {
    name: 'FiscalkitHandlersFail',
    expr: `sum by (handler) (increase(${metric('handler_failures')}[10m])) > 0`,
    for: '10m',
    severity: 'warning',
    summary: 'The handler {{ $labels.handler }} fails again and again',
    action: 'See the lines handler.failed of the log.',
  },
  {
    name: 'FiscalkitErrors',
    expr: `sum(rate(${failed}[5m])) / sum(rate(${metric('request.duration', '_count')}[5m])) > 0.05`,
    for: '5m',
    severity: 'critical',
    summary: '{{ $value | humanizePercentage }} of the requests are answered with an error of the gateway',
    action: 'Their lines in the log have the code.',
  },
  {
    name: 'FiscalkitKeysTried',
    expr: `sum(increase(${tried}[5m])) > 20`,
    for: '0m',
    severity: 'warning',
    summary: 'Somebody tries keys, or a caller has the wrong one',
    action: 'The lines of such requests name the address that they came from.',
  },
  {
    name: 'FiscalkitLogLost',
    expr: `sum(increase(${metric('log_lines_dropped')}[10m])) > 0`,
    for: '0m',
    severity: 'warning',
    summary: 'Nobody takes the lines of the log',
    action: 'See to the disk or the reader of the log.',
  },
];

const head = `# Alerts of fiscalkit, for rule_files of Prometheus. Made by \`npm run guides\` from the table of metrics: do not edit.
groups:
  - name: fiscalkit
    rules:
`;

/** Returns the rules as Prometheus reads them. */
export function alertRulesFile(): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const written = alertRules.map(({ name, expr, for: lasting, severity, summary, action }) =>
    [
      `      - alert: ${name}`,
      `        expr: ${quoted(expr)}`,
      `        for: ${lasting}`,
      '        labels:',
      `          severity: ${severity}`,
      '        annotations:',
      `          summary: ${quoted(summary)}`,
      `          description: ${quoted(action)}`,
      '',
    ].join('\n'),
  );
  return head + written.join('\n');
}

import { ledgerMetrics, type MetricDescription, prometheusName } from '@fiscalkit/ledger';
import { gatewayMetrics } from './metrics.js';

const table = { ...ledgerMetrics, ...gatewayMetrics };
type MetricName = keyof typeof table;

/** The rows of the dashboard, with the metrics of each; every metric stands in one of them. */
const rows = {
  'What needs a person': [
    'unknown_for_long',
    'overdue',
    'held',
    'entries',
    'oldest_pending_age',
    'reconciliation_findings',
    'delays',
  ],
  Documents: [
    'accepted',
    'registered',
    'rejected',
    'unknown',
    'put_on_hold',
    'due',
    'same_content',
    'twins_refused',
    'interventions',
  ],
  Providers: ['attempt.duration', 'breaker_state', 'accounts_troubled'],
  Requests: ['request.duration', 'problems', 'connections_open', 'connections_refused'],
  'Webhooks and handlers': ['webhook.duration', 'webhooks_failing', 'webhooks_disabled', 'handler_failures'],
  'The process and its ledger': [
    'ledger_up',
    'search_lag',
    'store_errors',
    'log_lines_dropped',
    'build_info',
  ],
} as const satisfies Readonly<Record<string, readonly MetricName[]>>;

/** Names of the metrics that no row has: a type that nothing is assigned to, as long as there are none. */
type Missing = Exclude<MetricName, (typeof rows)[keyof typeof rows][number]>;
export const isComplete: [Missing] extends [never] ? true : Missing = true;

const columns = 3;
const [width, height] = [24 / columns, 8];
/** The data source that is chosen in the dashboard. */
const source = { type: 'prometheus', uid: '$datasource' };

/** Returns the dashboard of Grafana: a graph for each metric of the table. */
export function dashboard(): object {
  const panels: object[] = [];
  let y = 0;
  for (const [title, names] of Object.entries(rows)) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    y += 1;
    for (const [place, name] of names.entries()) {
      const gridPos = {
        x: (place % columns) * width,
        y: y + Math.floor(place / columns) * height,
        w: width,
        h: height,
      };
      panels.push({ id: panels.length + 1, ...panelOf(name), gridPos });
    }
    y += Math.ceil(names.length / columns) * height;
  }
  return {
    uid: 'fiscalkit',
    title: 'fiscalkit',
    tags: ['fiscalkit'],
    schemaVersion: 39,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' }],
    },
    panels,
  };
}

function panelOf(name: MetricName) {
  const metric: MetricDescription = table[name];
  const { kind, unit, help } = metric;
  const rate = kind === 'counter' ? 'short' : 'none';
  return {
    type: 'timeseries',
    title: help.split(/[:;]/)[0],
    description: `${prometheusName(name, metric)}: ${help}`,
    datasource: source,
    fieldConfig: { defaults: { unit: unit === 's' ? 's' : rate, min: 0 }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: queriesOf(name).map(({ expr, legendFormat }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: source,
      expr,
      legendFormat,
    })),
  };
}

/** Returns what a graph shows of a metric: increases, quantiles, or the value of all processes together. */
function queriesOf(name: MetricName): { readonly expr: string; readonly legendFormat: string }[] {
  const metric: MetricDescription = table[name];
  const { kind, scope, labels } = metric;
  const of = prometheusName(name, metric);
  const legendFormat = labels.map((label) => `{{${label}}}`).join(' ') || of;
  const by = labels.length > 0 ? ` by (${labels.join(', ')})` : '';
  if (kind === 'counter') return [{ expr: `sum${by} (increase(${of}[$__rate_interval]))`, legendFormat }];
  if (kind === 'histogram') {
    const grouped = ['le', ...labels].join(', ');
    return [0.5, 0.99].map((share) => ({
      expr: `histogram_quantile(${share}, sum by (${grouped}) (rate(${of}_bucket[$__rate_interval])))`,
      legendFormat: `p${share * 100} ${legendFormat}`,
    }));
  }
  // A breaker, or whether the ledger is up, is a state: the worst one counts, not their sum.
  const summary = { breaker_state: 'max', ledger_up: 'min', build_info: 'count' }[name as string];
  return [{ expr: `${summary ?? (scope === 'ledger' ? 'max' : 'sum')}${by} (${of})`, legendFormat }];
}

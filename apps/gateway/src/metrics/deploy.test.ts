import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ledgerMetrics, type MetricDescription, prometheusName } from '@fiscalkit/ledger';
import { expect, it } from 'vitest';
import { alertRules, alertRulesFile } from './alert-rules.fixture.js';
import { dashboard } from './dashboard.fixture.js';
import { gatewayMetrics } from './metrics.js';

const root = new URL('../../../../', import.meta.url);
const path = (file: string) => fileURLToPath(new URL(file, root));
const grafana = path('deploy/grafana/fiscalkit.json');
const rules = path('deploy/prometheus/alerts.yml');
const guide = readFileSync(path('docs/guides/monitoring.md'), 'utf8');

const table: Record<string, MetricDescription> = { ...ledgerMetrics, ...gatewayMetrics };
const series = new Map(
  Object.entries(table).flatMap(([name, metric]) => {
    const base = prometheusName(name, metric);
    const suffixes = metric.kind === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
    return suffixes.map((suffix) => [`${base}${suffix}`, metric] as const);
  }),
);

it('the dashboard and the rules are those that the table of metrics makes: run `npm run guides`', async () => {
  await expect(`${JSON.stringify(dashboard(), null, 2)}\n`).toMatchFileSnapshot(grafana);
  await expect(alertRulesFile()).toMatchFileSnapshot(rules);
});

it('queries name only metrics and labels that there are, and the dashboard has every metric', () => {
  const { panels } = JSON.parse(JSON.stringify(dashboard()));
  const queries: string[] = panels.flatMap((panel: { targets?: { expr: string }[] }) =>
    (panel.targets ?? []).map(({ expr }) => expr),
  );
  const shown = new Set<MetricDescription>();
  for (const query of [...queries, ...alertRules.map(({ expr }) => expr)]) {
    const metrics = (query.match(/fiscalkit_\w+/g) ?? []).map((name) => {
      expect([...series.keys()], query).toContain(name);
      return series.get(name);
    });
    for (const metric of metrics) if (metric && queries.includes(query)) shown.add(metric);
    const labels = new Set(['le', ...metrics.flatMap((metric) => metric?.labels ?? [])]);
    const named = [...query.matchAll(/by \(([^)]*)\)|\{(\w+)[=!]/g)].flatMap(([, list, label]) =>
      (list ?? label ?? '').split(', '),
    );
    for (const label of named) expect([...labels], query).toContain(label);
  }
  expect(shown).toEqual(new Set(Object.values(table)));
});

it('the guide explains every alert', () => {
  const explained = [...guide.matchAll(/^\| `(Fiscalkit\w+)`/gm)].map(([, name]) => name);
  expect(explained).toEqual(alertRules.map(({ name }) => name));
});

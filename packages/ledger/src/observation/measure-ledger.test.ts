import { expect, it } from 'vitest';
import { measureAccounts, measureFigures } from './measure-ledger.js';
import { ledgerMetrics, prometheusName } from './metrics.js';

const figures = {
  byState: { accepted: 1, sending: 2, pending: 3, unknown: 4, registered: 5, rejected: 6, parked: 7 },
  due: 8,
  oldestUnfinishedAt: new Date(Date.now() - 60_000),
  overdue: 9,
  unknownForLong: 10,
  held: 11,
  searchLagMs: 1_500,
  restoredUntil: new Date(),
  unfinishedByProvider: { freedompay: 12 },
};
const ageOf = (oldestUnfinishedAt: Date | null) =>
  measureFigures({ ...figures, oldestUnfinishedAt }).find(({ metric }) => metric === 'oldest_pending_age')
    ?.value;

it('measures every gauge of the ledger, each series once', () => {
  const measured = measureFigures(figures);
  const gauges = Object.entries(ledgerMetrics).filter(([, { scope }]) => scope === 'ledger');
  expect(new Set(measured.map(({ metric }) => metric))).toEqual(new Set(gauges.map(([name]) => name)));
  expect(measured.filter(({ metric }) => metric === 'entries').map(({ labels }) => labels)).toEqual(
    Object.keys(figures.byState).map((state) => ({ state })),
  );
  const series = measured.map(({ metric, labels }) => JSON.stringify([metric, labels]));
  expect(new Set(series).size).toBe(series.length);
});

it('measures the age of the oldest entry in seconds, and none below zero', () => {
  expect(ageOf(figures.oldestUnfinishedAt)).toBeCloseTo(60, 0);
  expect(ageOf(new Date(Date.now() + 60_000))).toBe(0);
  expect(ageOf(null)).toBe(0);
});

it('counts each account in trouble for one reason: its breaker before a pause, a pause before a key', () => {
  const account = { provider: 'freedompay', account: 'a', breaker: 'closed', pausedMs: 0 } as const;
  const measured = measureAccounts({ freedompay: 'half-open', fiscalbox: 'closed' }, [
    { ...account, breaker: 'open', pausedMs: 5, refusedKeysOf: ['shop'] },
    { ...account, breaker: 'half-open', refusedKeysOf: [] },
    { ...account, pausedMs: 5, refusedKeysOf: ['shop'] },
    { ...account, refusedKeysOf: ['shop'] },
    { ...account, refusedKeysOf: ['cafe'] },
  ]);
  expect(measured.map(({ labels, value }) => [...Object.values(labels), value])).toEqual([
    ['freedompay', 1],
    ['freedompay', 'open', 1],
    ['freedompay', 'half-open', 1],
    ['freedompay', 'paused', 1],
    ['freedompay', 'key', 2],
    ['fiscalbox', 0],
    ['fiscalbox', 'open', 0],
    ['fiscalbox', 'half-open', 0],
    ['fiscalbox', 'paused', 0],
    ['fiscalbox', 'key', 0],
  ]);
});

it('names metrics as Prometheus asks: base unit, and `_total` for counters', () => {
  const names = Object.entries(ledgerMetrics).map((row) => prometheusName(...row));
  for (const name of names) expect(name).toMatch(/^fiscalkit(_[a-z]+)+$/);
  expect(names).toContain('fiscalkit_attempt_duration_seconds');
  expect(names).toContain('fiscalkit_oldest_pending_age_seconds');
  expect(names).toContain('fiscalkit_store_errors_total');
  expect(new Set(names).size).toBe(names.length);
});

import type { TroubledAccount } from '../delivery/provider-queue.js';
import type { BreakerState } from '../entry/signals.js';
import type { FindingCounts } from '../reconciliation/reconciliation-service.js';
import type { StoreFigures } from '../store/ledger-store.js';
import type { Measurement } from './metrics.js';

type Gauges<Figures> = {
  readonly [Figure in keyof Figures]: ((value: Figures[Figure]) => readonly Measurement[]) | null;
};

/** The measurements of each figure; `null` for one that is none of a metric. */
const gauges: Gauges<StoreFigures> = {
  byState: (counts) =>
    Object.entries(counts).map(([state, value]) => ({ metric: 'entries', labels: { state }, value })),
  due: (value) => [{ metric: 'due', labels: {}, value }],
  oldestUnfinishedAt: (at) => [{ metric: 'oldest_pending_age', labels: {}, value: ageInSeconds(at) }],
  overdue: (value) => [{ metric: 'overdue', labels: {}, value }],
  unknownForLong: (value) => [{ metric: 'unknown_for_long', labels: {}, value }],
  held: (value) => [{ metric: 'held', labels: {}, value }],
  searchLagMs: (value) => [{ metric: 'search_lag', labels: {}, value: value / 1000 }],
  restoredUntil: null,
  unfinishedByProvider: null,
};

/** Returns the measurements of what is in the ledger. */
export function measureFigures(figures: StoreFigures): Measurement[] {
  return measureAll(figures, gauges);
}

function measureAll<Figures>(figures: Figures, ofFigures: Gauges<Figures>): Measurement[] {
  const all: Measurement[] = [];
  for (const figure in ofFigures) all.push(...(ofFigures[figure]?.(figures[figure]) ?? []));
  return all;
}

function ageInSeconds(at: Date | null): number {
  // The clock of the ledger's server may be ahead of this one.
  return at === null ? 0 : Math.max(0, Date.now() - at.getTime()) / 1000;
}

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const satisfies Record<BreakerState, number>;

/** Reasons why calls are kept from an account, or are in vain. */
const whys = ['open', 'half-open', 'paused', 'key'] as const;

/** Returns the measurements of the providers' accounts, as this process sees them. */
export function measureAccounts(
  breakers: Readonly<Record<string, BreakerState>>,
  troubled: readonly TroubledAccount[],
): Measurement[] {
  return Object.entries(breakers).flatMap(([provider, state]): Measurement[] => {
    const ofProvider = troubled.filter((account) => account.provider === provider);
    const measureWhy = (why: (typeof whys)[number]): Measurement => {
      const value = ofProvider.filter((account) => whyOf(account) === why).length;
      return { metric: 'accounts_troubled', labels: { provider, why }, value };
    };
    const breaker: Measurement = {
      metric: 'breaker_state',
      labels: { provider },
      value: breakerValues[state],
    };
    return [breaker, ...whys.map(measureWhy)];
  });
}

/** Returns the measurements of the last comparisons with payments; none before the first. */
export function measureFindings(counts: FindingCounts | null): Measurement[] {
  return Object.entries(counts ?? {}).map(([kind, value]) => ({
    metric: 'reconciliation_findings',
    labels: { kind },
    value,
  }));
}

function whyOf({ breaker, pausedMs }: TroubledAccount): (typeof whys)[number] {
  if (breaker !== 'closed') return breaker;
  return pausedMs > 0 ? 'paused' : 'key';
}

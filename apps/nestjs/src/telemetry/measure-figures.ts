import type { MeterSubject } from './meter-subject.js';

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Measures what waits whenever figures are collected; answers how to stop. */
export function measureFigures({ meter, ledger, own }: MeterSubject): () => void {
  const gauge = (name: string, description: string, unit = '1') =>
    meter.createObservableGauge(`fiscalkit.${name}`, { description, unit });
  const due = gauge('due', 'Documents whose next step is due now');
  const entries = gauge('entries', 'Documents in the ledger by state');
  const oldest = gauge('oldest_unfinished_age', 'Age of the oldest document that is not final', 's');
  const held = gauge('held', 'Documents that are held because their sale was rejected');
  const overdue = gauge('overdue', 'Documents that have not become final in the time they should');
  const breakers = gauge('breaker_state', 'Circuit breaker that is worst off: 0 closed, 1 half-open, 2 open');
  const troubled = gauge('accounts_troubled', 'Accounts that calls are kept from, or that refuse a key');

  const instruments = [due, entries, oldest, held, overdue, breakers, troubled];
  const measure: Parameters<typeof meter.addBatchObservableCallback>[0] = async (result) => {
    const figures = await ledger.figures();
    // The clock of the ledger's server may be ahead of this one.
    const since = figures.oldestUnfinishedAt?.getTime() ?? Date.now();
    result.observe(due, figures.due, own);
    result.observe(overdue, figures.overdue, own);
    result.observe(held, figures.held, own);
    result.observe(oldest, Math.max(0, Date.now() - since) / 1000, own);
    for (const [state, count] of Object.entries(figures.byState)) {
      result.observe(entries, count, { ...own, 'fiscalkit.state': state });
    }
    const accounts = Map.groupBy(ledger.troubledAccounts(), ({ provider }) => provider);
    for (const [provider, state] of Object.entries(ledger.breakers())) {
      const ofProvider = { ...own, 'fiscalkit.provider': provider };
      result.observe(breakers, breakerValues[state], ofProvider);
      result.observe(troubled, accounts.get(provider)?.length ?? 0, ofProvider);
    }
  };
  meter.addBatchObservableCallback(measure, instruments);
  return () => meter.removeBatchObservableCallback(measure, instruments);
}

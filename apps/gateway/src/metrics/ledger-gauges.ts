import type { FiscalService } from '@fiscalkit/nestjs';
import { Registry } from 'prom-client';
import { Instruments } from './instruments.js';

type Figures = Awaited<ReturnType<FiscalService['figures']>>;

/** Shows what is in the ledger, in a registry of their own: while the ledger can't be read, they are left out. */
export class LedgerGauges {
  readonly #registry = new Registry();
  readonly #gauges;

  constructor() {
    const instruments = new Instruments(this.#registry);
    this.#gauges = {
      due: instruments.gauge('due', 'Documents whose next step is due now'),
      entries: instruments.gauge('entries', 'Documents in the ledger by state', ['state']),
      oldest: instruments.gauge('oldest_pending_age_seconds', 'Age of the oldest document that is not final'),
      overdue: instruments.gauge('overdue', 'Documents that are not final long after they were accepted'),
      unknownForLong: instruments.gauge(
        'unknown_for_long',
        'Documents whose outcome has been unknown for long: a person should look',
      ),
    };
  }

  /** The figures that were read, as text. */
  text({ due, byState, oldestUnfinishedAt, overdue, unknownForLong }: Figures): Promise<string> {
    const gauges = this.#gauges;
    gauges.due.set(due);
    gauges.overdue.set(overdue);
    gauges.unknownForLong.set(unknownForLong);
    gauges.oldest.set(oldestUnfinishedAt ? (Date.now() - oldestUnfinishedAt.getTime()) / 1000 : 0);
    for (const [state, count] of Object.entries(byState)) gauges.entries.set({ state }, count);
    return this.#registry.metrics();
  }
}

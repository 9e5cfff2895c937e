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
      held: instruments.gauge(
        'held',
        'Documents that are held because their sale was rejected: a person should look',
      ),
      overdue: instruments.gauge('overdue', 'Documents that are not final long after they were accepted'),
      unknownForLong: instruments.gauge(
        'unknown_for_long',
        'Documents whose outcome has been unknown for long: a person should look',
      ),
    };
  }

  /** The figures that were read, as text. */
  text({ due, held, byState, oldestUnfinishedAt, overdue, unknownForLong }: Figures): Promise<string> {
    const gauges = this.#gauges;
    gauges.due.set(due);
    gauges.held.set(held);
    gauges.overdue.set(overdue);
    gauges.unknownForLong.set(unknownForLong);
    const since = oldestUnfinishedAt?.getTime() ?? Date.now();
    // The clock of the ledger's server may be ahead of this one.
    gauges.oldest.set(Math.max(0, Date.now() - since) / 1000);
    for (const [state, count] of Object.entries(byState)) gauges.entries.set({ state }, count);
    return this.#registry.metrics();
  }
}

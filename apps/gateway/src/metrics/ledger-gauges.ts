import type { TroubledAccount } from '@fiscalkit/ledger';
import type { FiscalService } from '@fiscalkit/nestjs';
import type { Registry } from 'prom-client';
import { Instruments } from './instruments.js';

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Why calls are kept from an account, or in vain. Accounts themselves are no labels: there may be thousands. */
const whys = ['open', 'half-open', 'paused', 'key'] as const;

function whyOf({ breaker, pausedMs }: TroubledAccount): (typeof whys)[number] {
  if (breaker !== 'closed') return breaker;
  return pausedMs > 0 ? 'paused' : 'key';
}

/** Shows what is in the ledger. */
export class LedgerGauges {
  readonly #gauges;

  constructor(registry: Registry) {
    const instruments = new Instruments(registry);
    this.#gauges = {
      due: instruments.gauge('due', 'Documents whose next step is due now'),
      entries: instruments.gauge('entries', 'Documents in the ledger by state', ['state']),
      oldest: instruments.gauge('oldest_pending_age_seconds', 'Age of the oldest document that is not final'),
      overdue: instruments.gauge('overdue', 'Documents that are not final long after they were accepted'),
      unknownForLong: instruments.gauge(
        'unknown_for_long',
        'Documents whose outcome has been unknown for long: a person should look',
      ),
      breakers: instruments.gauge(
        'breaker_state',
        'Circuit breaker of the account that is worst off: 0 closed, 1 half-open, 2 open',
        ['provider'],
      ),
      accounts: instruments.gauge(
        'accounts_troubled',
        'Accounts that calls are kept from, or that refuse a key, by why',
        ['provider', 'why'],
      ),
    };
  }

  /** Reads the ledger's figures now. */
  async read(fiscal: FiscalService): Promise<void> {
    const { due, byState, oldestUnfinishedAt, overdue, unknownForLong } = await fiscal.figures();
    const gauges = this.#gauges;
    gauges.due.set(due);
    gauges.overdue.set(overdue);
    gauges.unknownForLong.set(unknownForLong);
    gauges.oldest.set(oldestUnfinishedAt ? (Date.now() - oldestUnfinishedAt.getTime()) / 1000 : 0);
    for (const [state, count] of Object.entries(byState)) gauges.entries.set({ state }, count);
    for (const [provider, state] of Object.entries(fiscal.breakers())) {
      gauges.breakers.set({ provider }, breakerValues[state]);
      for (const why of whys) gauges.accounts.set({ provider, why }, 0);
    }
    for (const account of fiscal.troubledAccounts()) {
      gauges.accounts.inc({ provider: account.provider, why: whyOf(account) });
    }
  }
}

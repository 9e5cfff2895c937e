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

/** Shows how the accounts of the providers are doing, as this process sees them. */
export class AccountGauges {
  readonly #gauges;

  constructor(registry: Registry) {
    const instruments = new Instruments(registry);
    this.#gauges = {
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

  read(fiscal: FiscalService): void {
    const { breakers, accounts } = this.#gauges;
    for (const [provider, state] of Object.entries(fiscal.breakers())) {
      breakers.set({ provider }, breakerValues[state]);
      for (const why of whys) accounts.set({ provider, why }, 0);
    }
    for (const account of fiscal.troubledAccounts()) {
      accounts.inc({ provider: account.provider, why: whyOf(account) });
    }
  }
}

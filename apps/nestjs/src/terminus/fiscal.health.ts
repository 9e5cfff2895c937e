import type { TroubledAccount } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { getFiscalServiceToken } from '../module/inject-fiscal.decorator.js';
import type { FiscalService } from '../service/fiscal.service.js';

/** Facts that health is derived from. */
type Witness = Pick<FiscalService, 'checkWrites' | 'figures' | 'breakers' | 'troubledAccounts'>;

const silent: Witness = {
  breakers: () => ({}),
  troubledAccounts: () => [],
  checkWrites: async () => {},
  figures: () => Promise.reject(new Error('There is no FiscalModule without a name here.')),
};

/**
 * Reports health to Terminus: `down` while the ledger can't be read or written, `degraded` (`up` before
 * Terminus 12) while a provider is out of reach or refuses a merchant's key, for receipts are accepted all
 * the same. `restoredUntil` is the time until which documents of a ledger that was declared restored are
 * searched before they are first sent.
 */
@Injectable()
export class FiscalHealthIndicator {
  readonly #indicators: HealthIndicatorService;
  readonly #fiscal: Witness;

  constructor(
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Optional() @Inject(getFiscalServiceToken()) fiscal: FiscalService | undefined,
  ) {
    this.#indicators = indicators;
    this.#fiscal = fiscal ?? silent;
  }

  /** Checks the FiscalModule without a name, or the one whose service is given. Never throws. */
  async isHealthy<const Key extends string>(
    key: Key,
    fiscal: Witness = this.#fiscal,
  ): Promise<HealthIndicatorResult<Key>> {
    const indicator = this.#indicators.check(key);
    try {
      await fiscal.checkWrites();
      const { due, held, overdue, restoredUntil } = await fiscal.figures();
      const providers = fiscal.breakers();
      const accounts = fiscal.troubledAccounts();
      const details = {
        providers,
        ...(accounts.length > 0 && { accounts: shown(accounts) }),
        due,
        overdue,
        ...(held > 0 && { held }),
        ...(restoredUntil && { restoredUntil: restoredUntil.toISOString() }),
      };
      const impaired =
        Object.values(providers).some((state) => state !== 'closed') ||
        accounts.some(({ refusedKeysOf }) => refusedKeysOf.length > 0);
      return impaired && 'degraded' in indicator ? indicator.degraded(details) : indicator.up(details);
    } catch (error) {
      return indicator.down({ code: isFiscalError(error) ? error.code : 'ledger.unavailable' });
    }
  }
}

/** Most accounts, and merchants of one, that are shown: thousands may be in trouble at once. */
const mostShown = 20;

function shown(accounts: readonly TroubledAccount[]) {
  const first = accounts.slice(0, mostShown).map(({ refusedKeysOf, ...account }) => ({
    ...account,
    ...(refusedKeysOf.length > 0 && { refusedKeysOf: refusedKeysOf.slice(0, mostShown) }),
  }));
  return { troubled: accounts.length, first };
}

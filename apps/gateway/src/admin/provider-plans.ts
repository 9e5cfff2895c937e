import type { Provider, UnknownOutcome } from '@fiscalkit/client';

/** What each merchant's provider says of unknown outcomes, remembered as the providers are created. */
export class ProviderPlans {
  readonly #plans = new Map<string, UnknownOutcome>();

  remember(merchant: string, provider: Provider): Provider {
    this.#plans.set(`${merchant} ${provider.name}`, provider.unknownOutcome);
    return provider;
  }

  /** `null` for a provider that the merchant does not have any more. */
  of(merchant: string, provider: string): UnknownOutcome | null {
    return this.#plans.get(`${merchant} ${provider}`) ?? null;
  }
}

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

/** What a provider's room says of unknown outcomes: how they are found out, and what a person looks up. */
export function planView(plan: UnknownOutcome | null) {
  return (
    plan && {
      plan: plan.plan,
      found_out_by: plan.foundOutBy,
      guarantee: plan.guarantee,
      remaining_window: plan.remainingWindow,
      person_checks: plan.personChecks,
    }
  );
}

import type { Provider, UnknownOutcome } from '@fiscalkit/client';

/** Remembers what each merchant's provider guarantees for unknown outcomes, from its creation on. */
export class ProviderPlans {
  readonly #plans = new Map<string, UnknownOutcome>();

  remember(merchant: string, provider: Provider): Provider {
    this.#plans.set(`${merchant} ${provider.name}`, provider.unknownOutcome);
    return provider;
  }

  /** Returns `null` for a provider that the merchant does not have any more. */
  of(merchant: string, provider: string): UnknownOutcome | null {
    return this.#plans.get(`${merchant} ${provider}`) ?? null;
  }
}

/** Returns what a provider guarantees for unknown outcomes: how they are found, what people look up. */
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

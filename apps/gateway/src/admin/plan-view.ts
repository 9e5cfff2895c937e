import type { UnknownOutcome } from '@fiscalkit/client';

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

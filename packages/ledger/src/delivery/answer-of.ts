import type { Finding, Reason, Verdict } from '@fiscalkit/client';
import type { StepResult } from '../state/transition-after.js';

/** What a provider's answer says, whatever the step was. */
export interface Answer {
  readonly kind: Verdict['kind'] | Finding['kind'];
  readonly reason: Reason | null;
  /** How long the provider asked to be left alone, in milliseconds. */
  readonly pauseMs: number | null;
}

/** Reads the answer of a call; `null` when the step was decided without one. */
export function answerOf(result: StepResult): Answer | null {
  const answer = result.step === 'find' ? result.finding : result.verdict;
  if (answer.kind === 'resend') return null;
  return {
    kind: answer.kind,
    reason: 'reason' in answer ? answer.reason : null,
    pauseMs: ('retryAfterMs' in answer ? answer.retryAfterMs : null) ?? null,
  };
}

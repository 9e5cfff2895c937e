import type { Reason } from '@fiscalkit/client';
import type { StepResult } from '../state/transition-after.js';
import type { Step } from '../store/ledger-store.js';

/** The result of a step in which the provider was not called at all. */
export function stepNotTaken(step: Step, reason: Reason, againInMs?: number): StepResult {
  const advice = againInMs === undefined ? {} : { retryAfterMs: againInMs };
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason, ...advice } }
    : { step, verdict: { kind: 'retry', reason, ...advice } };
}

/** The result of a step that began, and of which no answer is known. */
export function stepUnanswered(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'unknown', reason } };
}

/** The reason of a step whose provider is not configured for the merchant: nothing is lost, it waits for the configuration. */
export const providerUnconfigured = {
  code: 'provider.unconfigured',
  message: 'The provider of this document is not configured for the merchant.',
} as const;

/** The reason of a step that came too long after its claim to be sure that its lease outlasts it. */
export const callTooLate = {
  code: 'ledger.late',
  message: 'The process was too busy to send the document in time.',
} as const;

/** What is taken for granted of a provider that is not configured: nothing. */
export const unconfiguredCapabilities = {
  deduplicatesBy: 'nothing',
  findsBy: 'nothing',
  settlesWithinMs: Number.POSITIVE_INFINITY,
} as const;

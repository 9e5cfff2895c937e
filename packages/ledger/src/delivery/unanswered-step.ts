import type { Reason } from '@fiscalkit/client';
import type { StepResult } from '../state/transition-after.js';
import type { Step } from '../store/ledger-store.js';

/** The result of a step in which the provider was not called at all. */
export function stepNotTaken(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'retry', reason } };
}

/** The result of a step that began, and of which no answer is known. */
export function stepUnanswered(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'unknown', reason } };
}

/** The reason of a step that came too long after its claim to be sure that its lease outlasts it. */
export const callTooLate = {
  code: 'ledger.late',
  message: 'The process was too busy to send the document in time.',
} as const;

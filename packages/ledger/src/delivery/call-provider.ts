import { type Provider, type Reason, unknownPlan } from '@fiscalkit/client';
import type { StepResult } from '../state/transition-after.js';
import type { Claim, LedgerStore } from '../store/ledger-store.js';
import { stepUnanswered } from './unanswered-step.js';

/** A claimed entry and all that its step needs. */
export interface ProviderCall {
  readonly claim: Claim;
  readonly provider: Provider;
  readonly store: Pick<LedgerStore, 'boundDocumentIds'>;
  /** Ends the call; what it came to is then unknown, also when the provider doesn't listen. */
  readonly signal: AbortSignal;
}

/** Takes the step that the entry is due for: one call to the provider. Never rejects. */
export function callProvider(call: ProviderCall): Promise<StepResult> {
  const { claim, signal } = call;
  return new Promise((resolve) => {
    const unanswered = (reason: Reason) => resolve(stepUnanswered(claim.step, reason));
    const cutOff = () => unanswered(signal.reason === callTookTooLong ? callTookTooLong : callAborted);
    signal.addEventListener('abort', cutOff, { once: true });
    takeStep(call).then(resolve, () => unanswered(callFailed));
  });
}

async function takeStep({ claim, provider, store, signal }: ProviderCall): Promise<StepResult> {
  const { entry, step } = claim;
  switch (step) {
    case 'submit':
      return { step, verdict: await provider.submit(entry.request, { signal }) };
    case 'poll': {
      // A pending entry has one: the verdict that made it pending brought it.
      const documentId = entry.providerDocumentId ?? entry.request.reference;
      return { step, verdict: await provider.poll(entry.request, documentId, { signal }) };
    }
    case 'find': {
      if (unknownPlan(provider.capabilities) === 'resend') return { step, finding: { kind: 'resend' } };
      const since = entry.firstAttemptAt ?? entry.acceptedAt;
      const boundDocumentIds = await store.boundDocumentIds(entry);
      return { step, finding: await provider.find(entry.request, { since, boundDocumentIds, signal }) };
    }
  }
}

const callAborted = {
  code: 'provider.aborted',
  message: 'The call was cut off because delivery was stopping.',
} as const;

const callFailed = {
  code: 'ledger.call-failed',
  message: 'The call ended in an unexpected error on our side.',
} as const;

/** The reason to abort a call with when it takes longer than any call may. */
export const callTookTooLong = {
  code: 'provider.timeout',
  message: 'The call took longer than any call may.',
  outage: true,
} as const;

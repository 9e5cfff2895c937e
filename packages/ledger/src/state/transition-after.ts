import {
  type Finding,
  type ProviderCapabilities,
  type Reason,
  type Rejected,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import type { Transition } from '../store/ledger-store.js';
import { backOffMs } from './back-off.js';
import type { DeliveryPolicy } from './delivery-policy.js';

/** What a step brought. `resend` is the decision to send the frozen bytes again without a search. */
export type StepResult =
  | { readonly step: 'submit'; readonly verdict: Verdict }
  | { readonly step: 'poll'; readonly verdict: Verdict }
  | { readonly step: 'find'; readonly finding: Finding | { readonly kind: 'resend' } };

/** What the decision depends on besides the result. */
export interface TransitionContext {
  readonly entry: Pick<Entry, 'failures' | 'reason'>;
  readonly capabilities: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy' | 'settlesWithinMs'>;
  /** Time from the begin of the last attempt to the begin of this step, in milliseconds. */
  readonly sinceAttemptMs: number;
  readonly policy: DeliveryPolicy;
  readonly random: () => number;
}

/** Decides what becomes of an entry after a step. Pure. */
export function transitionAfter(result: StepResult, context: TransitionContext): Transition {
  if (result.step === 'submit') return afterSubmit(result.verdict, context);
  if (result.step === 'poll') return afterPoll(result.verdict, context);
  return afterFind(result.finding, context);
}

function afterSubmit(verdict: Verdict, context: TransitionContext): Transition {
  switch (verdict.kind) {
    case 'retry':
      return { to: 'accepted', ...wait(context, verdict.reason, verdict.retryAfterMs) };
    case 'unknown':
      return outcomeUnknown(context, verdict.reason);
    default:
      return settled(verdict, context);
  }
}

function afterPoll(verdict: Verdict, context: TransitionContext): Transition {
  switch (verdict.kind) {
    case 'retry':
      return { to: 'pending', ...wait(context, verdict.reason, verdict.retryAfterMs) };
    case 'unknown':
      return { to: 'pending', ...wait(context, verdict.reason) };
    case 'pending': {
      const asked = context.entry.reason === null ? context.entry.failures + 1 : 1;
      return stillPending(verdict, asked, context);
    }
    default:
      return settled(verdict, context);
  }
}

function afterFind(finding: Finding | { readonly kind: 'resend' }, context: TransitionContext): Transition {
  switch (finding.kind) {
    case 'found':
      return settled(finding.verdict, context);
    case 'resend':
      return sendAgain(context);
    case 'absent': {
      const unsettledMs = context.capabilities.settlesWithinMs - context.sinceAttemptMs;
      return unsettledMs <= 0
        ? sendAgain(context)
        : { ...sendAgain(context), to: 'unknown', dueInMs: unsettledMs };
    }
    case 'unknown':
      return { to: 'unknown', ...wait(context, finding.reason, finding.retryAfterMs) };
  }
}

function settled(
  verdict: Exclude<Verdict, { kind: 'retry' | 'unknown' }>,
  context: TransitionContext,
): Transition {
  switch (verdict.kind) {
    case 'registered':
      return { to: 'registered', dueInMs: null, failures: 0, registration: verdict.registration };
    case 'rejected':
      return { to: 'rejected', dueInMs: null, failures: 0, reason: verdict.reason, ...documentOf(verdict) };
    case 'pending':
      return stillPending(verdict, 0, context);
  }
}

function documentOf({ providerDocumentId }: Rejected): Pick<Transition, 'providerDocumentId'> {
  return providerDocumentId === undefined ? {} : { providerDocumentId };
}

function stillPending(
  verdict: Extract<Verdict, { kind: 'pending' }>,
  asked: number,
  { policy, random }: TransitionContext,
): Transition {
  const ownMs = backOffMs(policy.poll, asked, random);
  return {
    to: 'pending',
    dueInMs: advised(verdict.pollAfterMs, policy) ?? ownMs,
    failures: asked,
    providerDocumentId: verdict.providerDocumentId,
  };
}

/** The count of failures goes on, so that a provider that loses every request is asked ever more slowly. */
function sendAgain({ entry }: TransitionContext): Transition & { to: 'accepted' } {
  return {
    to: 'accepted',
    dueInMs: 0,
    failures: entry.failures,
    ...(entry.reason && { reason: entry.reason }),
  };
}

function outcomeUnknown(context: TransitionContext, reason: Reason): Transition {
  const waiting = wait(context, reason);
  const searchSoon = waiting.failures === 1 && unknownPlan(context.capabilities) === 'find';
  return { to: 'unknown', ...waiting, ...(searchSoon && { dueInMs: context.policy.firstFindMs }) };
}

function wait({ entry, policy, random }: TransitionContext, reason: Reason, adviceMs?: number) {
  const failures = entry.reason === null ? 1 : entry.failures + 1;
  const dueInMs = advised(adviceMs, policy) ?? backOffMs(policy.retry, failures - 1, random);
  return { dueInMs, failures, reason };
}

function advised(adviceMs: number | undefined, { advice }: DeliveryPolicy): number | undefined {
  return adviceMs === undefined ? undefined : Math.min(Math.max(adviceMs, advice.leastMs), advice.mostMs);
}

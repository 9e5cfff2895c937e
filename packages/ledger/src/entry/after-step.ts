import {
  type Doubtful,
  type Finding,
  type Reason,
  type ReasonCode,
  type Rejected,
  type RepeatState,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';
import { doubtfulReason, isDoubtful, sentAgainReason } from './doubt.js';
import {
  type AnswerContext,
  hasWindow,
  isContradicted,
  isEarlierOpen,
  isForgetful,
  isFoundById,
  isRefusedEarly,
  isRepeat,
  recognisesKeys,
  takesEveryRequest,
} from './earlier-answers.js';
import type { Reissue } from './entry.js';
import { backOffMs, type DeliveryPolicy } from './retry-policy.js';
import type { Transition } from './transition.js';

/** Result of a step. `resend` is the decision to send the frozen bytes again without a search. */
export type StepResult =
  | { readonly step: 'submit'; readonly verdict: Verdict }
  | { readonly step: 'poll'; readonly verdict: Verdict }
  | { readonly step: 'find'; readonly finding: Finding | { readonly kind: 'resend' } };

/** Context of the decision, besides the result. */
export interface TransitionContext extends AnswerContext {
  /** Time from the start of the last attempt to the start of this step, in milliseconds. */
  readonly sinceAttemptMs: number;
  /** Request under the next reference, where the result allows one; absent where none can be made. */
  readonly reissue?: Reissue;
  readonly policy: DeliveryPolicy;
  readonly random: () => number;
}

/** Returns the transition of an entry after a step. Pure. */
export function transitionAfter(result: StepResult, context: TransitionContext): Transition {
  if (result.step === 'submit') return afterSubmit(result.verdict, context);
  if (result.step === 'poll') return afterPoll(result.verdict, context);
  return afterFind(result.finding, context);
}

function afterSubmit(verdict: Verdict, context: TransitionContext): Transition {
  switch (verdict.kind) {
    case 'retry': {
      // A document of an earlier attempt may have become visible meanwhile: it is searched before the next
      // sending, too.
      const waiting = wait(context, verdict.reason, verdict.retryAfterMs);
      if (isEarlierOpen(context)) return { to: 'unknown', ...waiting };
      return { to: 'accepted', ...waiting, ...(hasWindow(context) && { unsent: true }) };
    }
    case 'unknown':
      return isRepeat(context) && verdict.reason.code === conflictCode
        ? inDoubt(doubtfulReason(verdict.reason), context)
        : outcomeUnknown(context, verdict.reason);
    case 'rejected':
      return isRefusedEarly(context) ? refusedEarly(verdict.reason, context) : settled(verdict, context);
    default:
      return settled(verdict, context);
  }
}

function refusedEarly(reason: Reason, { entry, capabilities }: TransitionContext): Transition {
  const { settlesWithinMs: dueInMs } = capabilities;
  return {
    to: 'unknown',
    dueInMs,
    failures: entry.failures,
    reason: { ...reason, earlierUnknown: true, repeat: 'refused' },
  };
}

/** A repeat may be in conflict with the document of the earlier attempt. */
const conflictCode = 'provider.conflict' satisfies ReasonCode;

function afterPoll(verdict: Verdict, context: TransitionContext): Transition {
  const kept = keptDoubt(verdict, context);
  if (kept !== null) return kept;
  switch (verdict.kind) {
    case 'retry':
      return { to: 'pending', ...wait(context, verdict.reason, verdict.retryAfterMs) };
    case 'unknown':
      return isForgotten(verdict.reason, context)
        ? inDoubt(doubtfulReason(verdict.reason), context)
        : { to: 'pending', ...wait(context, verdict.reason) };
    case 'pending': {
      const isSame = context.entry.reason?.code === pendingReason(verdict, context)?.code;
      const polls = isTroubled(context) && !isSame ? 1 : context.entry.failures + 1;
      return stillPending(verdict, polls, context);
    }
    default:
      return settled(verdict, context);
  }
}

/** Returns the doubt of a document that is asked for by its id, where the answer ends nothing. */
function keptDoubt({ kind }: Verdict, context: TransitionContext): Transition | null {
  const doubt = doubtOf(context);
  const endsNothing = kind === 'pending' || kind === 'retry' || kind === 'unknown';
  return doubt !== null && endsNothing && isFoundById(context) ? inDoubt(doubt, context) : null;
}

/** Before an attempt has settled, an id that the provider does not know may only be new. */
function isForgotten({ code }: Reason, { sinceAttemptMs, capabilities }: TransitionContext): boolean {
  const isUnknownId = code === 'provider.not-found' || code === 'provider.mismatch';
  return isUnknownId && sinceAttemptMs > capabilities.settlesWithinMs;
}

function afterFind(finding: Finding | { readonly kind: 'resend' }, context: TransitionContext): Transition {
  switch (finding.kind) {
    case 'found':
      return keptDoubt(finding.verdict, context) ?? settled(finding.verdict, context);
    case 'resend':
      return afterResend(context);
    case 'absent':
      return afterAbsence(context);
    case 'doubtful':
      return settled(finding, context);
    case 'unknown': {
      // Transport trouble is no evidence that would end a doubt.
      const reason = doubtOf(context) ?? finding.reason;
      return { to: 'unknown', ...wait(context, reason, finding.retryAfterMs) };
    }
  }
}

/** Where the answer to a repeat is awaited, it is sent at once; where it must be conclusive, not too early. */
function afterResend(context: TransitionContext): Transition {
  const { entry, capabilities, sinceAttemptMs } = context;
  const doubt = doubtOf(context);
  if (doubt !== null) return inDoubt(doubt, context);
  const unsettledMs = capabilities.settlesWithinMs - sinceAttemptMs;
  if (unsettledMs <= 0) return sendAgain(context, 'settled');
  if (entry.reason?.repeat !== 'refused') return sendAgain(context);
  return { to: 'unknown', dueInMs: unsettledMs, failures: entry.failures, reason: entry.reason };
}

/**
 * An entry that was doubtful once, or has the provider's id, is never sent again by itself, whatever a later
 * search shows.
 */
function afterAbsence(context: TransitionContext): Transition {
  const { entry, capabilities, sinceAttemptMs } = context;
  const doubt = doubtOf(context);
  if (doubt !== null) return inDoubt(doubt, context);
  if (entry.providerDocumentId !== null) return inDoubt(doubtfulReason(), context);
  const unsettledMs = capabilities.settlesWithinMs - sinceAttemptMs;
  if (unsettledMs <= 0) return sendAgain(context, 'searched');
  const { failures, reason } = entry;
  return { to: 'unknown', dueInMs: unsettledMs, failures, ...(reason && { reason }) };
}

function settled(
  verdict: Exclude<Verdict, { kind: 'retry' | 'unknown' }>,
  context: TransitionContext,
): Transition {
  switch (verdict.kind) {
    case 'registered':
      return { to: 'registered', dueInMs: null, failures: 0, registration: verdict.registration };
    case 'rejected':
      if (isRepeat(context) || isForgetful(context)) return inDoubt(doubtfulReason(verdict.reason), context);
      if (isContradicted(verdict, context))
        return inDoubt(doubtOf(context) ?? doubtfulReason(verdict.reason), context);
      return (
        reissued(verdict, context) ?? {
          to: 'rejected',
          dueInMs: null,
          failures: 0,
          reason: verdict.reason,
          ...documentOf(verdict),
        }
      );
    case 'pending':
      return stillPending(verdict, 0, context);
    case 'doubtful':
      return { ...inDoubt(verdict.reason, context), ...documentOf(verdict) };
  }
}

/**
 * Returns the transition of a document that is sent under a new reference; `null` for any other. The end of an
 * outage makes it due no earlier: a register that is slow would take one reference after the other.
 */
function reissued(
  { reissue: isAllowed, reason }: Rejected,
  { reissue, policy, random }: TransitionContext,
): Transition | null {
  if (!isAllowed || !reissue || reissue.number > policy.reissue.most) return null;
  const { outage: _outage, ...lasting } = reason;
  const dueInMs = backOffMs(policy.reissue, reissue.number - 1, random);
  return { to: 'accepted', dueInMs, failures: 0, reason: lasting, unsent: true, reissue };
}

/** Returns the doubt that the entry is in; `null` when it is in none. */
function doubtOf({ entry: { reason } }: TransitionContext): Reason | null {
  return isDoubtful({ reason }) ? reason : null;
}

function documentOf({ providerDocumentId }: Rejected | Doubtful): Pick<Transition, 'providerDocumentId'> {
  return providerDocumentId === undefined ? {} : { providerDocumentId };
}

/**
 * Returns the transition of a doubt: the entry waits for an operator, and is searched again with growing
 * delays; only a finding ends the doubt.
 */
function inDoubt(reason: Reason, context: TransitionContext): Transition {
  return { to: 'unknown', ...wait(context, reason) };
}

function stillPending(
  verdict: Extract<Verdict, { kind: 'pending' }>,
  polls: number,
  context: TransitionContext,
): Transition {
  const { policy, random } = context;
  const reason = pendingReason(verdict, context);
  const ownMs = backOffMs(policy.poll, polls, random);
  return {
    to: 'pending',
    dueInMs: advised(verdict.pollAfterMs, policy) ?? ownMs,
    failures: polls,
    providerDocumentId: verdict.providerDocumentId,
    ...(isRepeat(context) ? { reason: { ...sentAgainReason, ...reason } } : reason && { reason }),
  };
}

/** Returns why a document is still pending; that it was called done is kept, whatever is said afterwards. */
function pendingReason(
  { reason }: Extract<Verdict, { kind: 'pending' }>,
  context: TransitionContext,
): Reason | undefined {
  const { reason: known } = context.entry;
  if (!isFoundById(context)) return reason;
  if (reason) return { ...reason, calledDone: true };
  return known?.calledDone ? known : undefined;
}

/**
 * Returns the transition to another attempt. The count of failures continues, so that a provider that loses
 * every request is called with growing delays.
 */
function sendAgain(context: TransitionContext, repeat?: RepeatState): Transition {
  const { entry, capabilities } = context;
  const { repeat: _before, ...known }: Reason = entry.reason ?? sentAgainReason;
  const isAnswered = recognisesKeys(capabilities) || hasWindow(context);
  const reason = marksRepeats(context)
    ? { ...known, earlierUnknown: true, ...(isAnswered && repeat && { repeat }) }
    : entry.reason;
  return { to: 'accepted', dueInMs: 0, failures: entry.failures, ...(reason && { reason }) };
}

/** Whether an entry that is sent again says so. */
function marksRepeats(context: TransitionContext): boolean {
  const { capabilities } = context;
  return recognisesKeys(capabilities) || hasWindow(context) || takesEveryRequest(capabilities);
}

/** Whether the last step met trouble, which has another back-off than an answer. */
function isTroubled({ entry: { reason } }: TransitionContext): boolean {
  return reason !== null && reason.code !== sentAgainReason.code;
}

/**
 * Returns the transition after an attempt that may have been processed. The first of these counts anew: the
 * provider can be reached again, and how long it was down says nothing about how soon it answers.
 */
function outcomeUnknown(context: TransitionContext, reason: Reason): Transition {
  const isFirst = marksRepeats(context) && !isEarlierOpen(context);
  const waiting = wait(isFirst ? { ...context, entry: { ...context.entry, failures: 0 } } : context, reason);
  const searchSoon = waiting.failures === 1 && unknownPlan(context.capabilities) === 'find';
  return { to: 'unknown', ...waiting, ...(searchSoon && { dueInMs: context.policy.firstFindMs }) };
}

function wait(context: TransitionContext, reason: Reason, adviceMs?: number) {
  const { entry, policy, random } = context;
  const failures = isTroubled(context) ? entry.failures + 1 : 1;
  const dueInMs = advised(adviceMs, policy) ?? backOffMs(policy.retry, failures - 1, random);
  const { calledDone } = entry.reason ?? {};
  const lasting = {
    ...reason,
    ...(isEarlierOpen(context) && { earlierUnknown: true }),
    ...(calledDone && { calledDone }),
  };
  return { dueInMs, failures, reason: lasting };
}

function advised(adviceMs: number | undefined, { advice }: DeliveryPolicy): number | undefined {
  return adviceMs === undefined ? undefined : Math.min(Math.max(adviceMs, advice.leastMs), advice.mostMs);
}

import type { Reason, Registration } from '@fiscalkit/client';
import { busyRefusal, refusalOf } from './action-rules.js';
import { lastingReason } from './doubt.js';
import type { Entry } from './entry.js';
import type { InterventionKind } from './operator-action.js';
import { isHeld } from './sale-dependency.js';
import type { Transition } from './transition.js';

/** Decision of an operator about an entry; `registration` is `null` where there is none and never will be. */
export type Decision =
  | { readonly action: Exclude<InterventionKind, 'resolve'> }
  | {
      readonly action: 'resolve';
      readonly registration: Registration | null;
      /** Why it is rejected: it was found out by hand, when absent. */
      readonly reason?: Reason;
    };

/** Decision that the account of an entry answers at another address now. */
interface AccountMove {
  readonly action: 'move';
}

/** The part of an entry on which the transition depends. */
export type DecidedEntry = Pick<
  Entry,
  'state' | 'failures' | 'attempts' | 'lastAttemptAt' | 'reason' | 'providerDocumentId'
>;

/**
 * Returns the transition of an entry by an intervention: `busy` while it is being sent, `impossible` in other
 * states. Pure.
 */
export function transitionByOperator(
  entry: DecidedEntry,
  decision: Decision | AccountMove,
): Transition | 'busy' | 'impossible' {
  const { failures } = entry;
  // An account moves with all that is not final, which is what can be resolved.
  const refusal = refusalOf(entry, decision.action === 'move' ? 'resolve' : decision.action);
  if (refusal) return refusal.code === busyRefusal.code ? 'busy' : 'impossible';
  switch (decision.action) {
    case 'look-up':
    case 'release':
    case 'retry':
      if (isHeld(entry)) return { to: 'accepted', dueInMs: 0, failures: 0, released: true };
      return { to: stateAfterRetry(entry), dueInMs: 0, failures: 0, ...reasonOf(entry) };
    case 'move':
      return moved(entry);
    case 'park':
      return { to: 'parked', dueInMs: null, failures, ...reasonOf(entry) };
    case 'resubmit':
      return { to: 'rejected', dueInMs: null, failures, ...reasonOf(entry) };
    case 'resolve':
      return decision.registration === null
        ? { to: 'rejected', dueInMs: null, failures: 0, reason: decision.reason ?? resolvedAsRejected }
        : { to: 'registered', dueInMs: null, failures: 0, registration: decision.registration };
  }
}

/**
 * Returns the state after a retry. A parked entry has lost what its state said of the last attempt, so
 * whatever may have been sent is searched first.
 */
function stateAfterRetry({ state, lastAttemptAt, providerDocumentId }: DecidedEntry): Transition['to'] {
  if (state === 'accepted' || state === 'pending' || state === 'unknown') return state;
  if (providerDocumentId !== null) return 'pending';
  return lastAttemptAt === null ? 'accepted' : 'unknown';
}

/** Returns the transition after a move: sent ones are searched first; parked ones stay parked. */
function moved(entry: DecidedEntry): Transition {
  const { state, failures, lastAttemptAt, providerDocumentId } = entry;
  if (state === 'parked') return { to: 'parked', dueInMs: null, failures, ...reasonOf(entry) };
  const to = lastAttemptAt === null ? 'accepted' : 'unknown';
  const reason = lastingReason(entry);
  return {
    to: state === 'pending' && providerDocumentId !== null ? 'pending' : to,
    dueInMs: 0,
    failures: 0,
    ...(reason && { reason }),
  };
}

function reasonOf({ reason }: DecidedEntry): Pick<Transition, 'reason'> {
  return reason === null ? {} : { reason };
}

/** Reason of an entry that an operator rejected, and no provider. */
const resolvedAsRejected = {
  code: 'intervention.rejected',
  message: 'It was found out by hand that the document is not registered and will not be.',
} as const;

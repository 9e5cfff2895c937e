import type { Reason, Registration } from '@fiscalkit/client';
import { lastingReason } from './doubt.js';
import type { Entry, EntryState } from './entry.js';
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

const undecided = ['accepted', 'pending', 'unknown'] as const satisfies readonly EntryState[];

/**
 * States in which each intervention is possible. An entry that is being sent is decided by the answer, or by
 * the end of the lease.
 */
const possible: Readonly<Record<(Decision | AccountMove)['action'], readonly EntryState[]>> = {
  retry: [...undecided, 'parked'],
  park: undecided,
  resolve: [...undecided, 'parked'],
  resubmit: ['rejected'],
  move: [...undecided, 'parked'],
};

/**
 * Returns the transition of an entry by an intervention: `busy` while it is being sent, `impossible` in other
 * states. Pure.
 */
export function transitionByOperator(
  entry: DecidedEntry,
  decision: Decision | AccountMove,
): Transition | 'busy' | 'impossible' {
  const { state, failures } = entry;
  const { action } = decision;
  if (state === 'sending' && action !== 'resubmit') return 'busy';
  if (state === 'sending' || !possible[action].includes(state)) return 'impossible';
  switch (decision.action) {
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
  const unparked = undecided.find((each) => each === state);
  if (unparked) return unparked;
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

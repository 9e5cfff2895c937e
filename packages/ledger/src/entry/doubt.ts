import type { Reason } from '@fiscalkit/client';
import { type ReasonCode, reasonCodes } from '@fiscalkit/client/reason-codes';
import type { Entry } from './entry.js';

/** Reason code for which an entry waits for an operator. */
export const doubtfulCode = 'provider.doubtful' satisfies ReasonCode;

/** Whether the provider may have the entry's document: only a finding, or an operator, ends that. */
export function isDoubtful({ reason }: Pick<Entry, 'reason'>): boolean {
  return reason?.code === doubtfulCode;
}

/** Returns the reason of a doubt, with what is known of the answer that raised it. */
export function doubtfulReason({ httpStatus, providerCode }: Partial<Reason> = {}): Reason {
  return {
    code: doubtfulCode,
    message: reasonCodes[doubtfulCode].message,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(providerCode !== undefined && { providerCode }),
  };
}

type Attempted = Pick<Entry, 'reason' | 'attempts'>;

/**
 * Whether the outcome of an attempt before the last was never found. A lost lease overwrites what was known
 * of earlier ones.
 */
export function isEarlierUnknown({ reason, attempts }: Attempted): boolean {
  return reason?.earlierUnknown === true || (reason?.code === leaseLostReason.code && attempts > 1);
}

/** Reason that marks an entry which goes well, but whose rejection would not be conclusive. */
export const sentAgainReason = {
  code: 'ledger.sent-again',
  message: 'It was sent again, and what became of an earlier attempt was never found out.',
  earlierUnknown: true,
} as const satisfies Reason;

/**
 * Returns a reason that keeps what was known of earlier attempts: an outcome that was never found stays so, and
 * a document that was called done, whatever the entry waits for.
 */
export function keepingEarlier<Given extends Reason>(reason: Given, before: Attempted): Reason {
  return {
    ...reason,
    ...(isEarlierUnknown(before) && { earlierUnknown: true }),
    ...(before.reason?.calledDone && { calledDone: true }),
  };
}

/**
 * Returns the lasting part of the reason of an entry that no longer waits: a doubt, that the document was called
 * done, or an earlier attempt with an unknown outcome.
 */
export function lastingReason(entry: Attempted): Reason | null {
  if (isDoubtful(entry) || entry.reason?.calledDone) return entry.reason;
  return isEarlierUnknown(entry) ? sentAgainReason : null;
}

/**
 * Whether an attempt of an entry that is about to be sent may have been processed, and no search has shown the
 * contrary since. The entry may only go on where the provider still recognises a repeat.
 */
export function isRepeatUnproven({ reason, attempts }: Attempted): boolean {
  return isEarlierUnknown({ reason, attempts }) && reason?.repeat !== 'searched';
}

/**
 * Reason of an entry that can neither be sent again nor be searched any more: only an operator knows what
 * became of it.
 */
export const windowOverReason = {
  code: 'ledger.window-over',
  message:
    'The provider recognises a repeat only for a while after the first attempt, and that time is over: a person ' +
    'looks whether the document is registered.',
} as const;

/** Reason of an entry whose worker vanished while it was sending. */
export const leaseLostReason = {
  code: 'ledger.lease-lost',
  message: 'The worker that was sending the document ended without writing a result.',
} as const;

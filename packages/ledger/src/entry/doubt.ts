import { type Reason, type ReasonCode, reasonCodes } from '@fiscalkit/client';
import type { Entry } from './entry.js';

/** The code of the reason that makes an entry wait for a person. */
export const doubtfulCode = 'provider.doubtful' satisfies ReasonCode;

/** Whether the provider has something that could be the entry's document: only finding it, or a person, ends that. */
export function isDoubtful({ reason }: Pick<Entry, 'reason'>): boolean {
  return reason?.code === doubtfulCode;
}

/** The reason of a doubt, with what is known of the answer that raised it. */
export function doubtfulReason({ httpStatus, providerCode }: Partial<Reason> = {}): Reason {
  return {
    code: doubtfulCode,
    message: reasonCodes[doubtfulCode].message,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(providerCode !== undefined && { providerCode }),
  };
}

type Attempted = Pick<Entry, 'reason' | 'attempts'>;

/** Whether an earlier attempt than the last was never found out. A lost lease overwrites what was known of earlier ones. */
export function isEarlierUnknown({ reason, attempts }: Attempted): boolean {
  return reason?.earlierUnknown === true || (reason?.code === leaseLostReason.code && attempts > 1);
}

/** Why an entry that goes well is told apart: a rejection of it would not be the end. */
export const sentAgainReason = {
  code: 'ledger.sent-again',
  message: 'It was sent again, and what became of an earlier attempt was never found out.',
  earlierUnknown: true,
} as const satisfies Reason;

/** The reason for which an entry waits from now on. What was never found out stays so, whatever it waits for. */
export function keepingEarlier<Given extends Reason>(reason: Given, before: Attempted): Reason {
  return isEarlierUnknown(before) ? { ...reason, earlierUnknown: true } : reason;
}

/** What of its reason an entry keeps that waits no longer: a doubt, and that an earlier attempt was never found out. */
export function lastingReason(entry: Attempted): Reason | null {
  if (isDoubtful(entry)) return entry.reason;
  return isEarlierUnknown(entry) ? sentAgainReason : null;
}

/** Why an entry whose worker vanished is unknown. */
export const leaseLostReason = {
  code: 'ledger.lease-lost',
  message: 'The worker that was sending the document ended without writing a result.',
} as const;

import { type Reason, type ReasonCode, reasonCodes } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';

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

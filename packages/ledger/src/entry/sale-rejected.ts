import type { Reason } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import type { Entry } from './entry.js';

/** Why an entry is held: nothing that it depends on is registered, and all that was handed in is rejected. */
export const saleRejectedReason = {
  code: 'sale.rejected',
  message: 'The sale of this payment was rejected. It has to be registered first, or a person has to decide.',
} as const satisfies Reason;

/** The journal's details of an entry that is held from now on, and of one that is held no longer. */
export const heldDetails = canonicalJson({ reason: saleRejectedReason.code });
export const releasedDetails = canonicalJson({});

/** Whether an entry is held: it is not sent before a sale of its payment is registered or a person lets it go. */
export function isHeld({ state, reason }: Pick<Entry, 'state' | 'reason'>): boolean {
  return state === 'accepted' && reason?.code === saleRejectedReason.code;
}

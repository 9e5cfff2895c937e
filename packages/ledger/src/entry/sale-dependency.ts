import type { Reason } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import type { Entry, NewEntry } from './entry.js';

/** Operation types of which something else can depend on being registered. */
const saleTypes = ['sell', 'buy'] as const;

export type SaleType = (typeof saleTypes)[number];

/** What of an entry tells what it depends on. */
export type Dependent = Pick<NewEntry, 'merchant' | 'operation' | 'facets' | 'document'>;

/**
 * The operation type of which the payment needs a registered receipt before this document is sent: a refund needs its sale or
 * purchase; one that is settled by a prepayment needs the prepayment, which is a receipt of its own type that is not settled so.
 * `null` for what depends on nothing. Pure.
 */
export function saleDependency({
  operation,
  facets: { operationType },
  document,
}: Omit<Dependent, 'merchant'>): SaleType | null {
  if (operation !== 'receipt') return null;
  const refunded = saleTypes.find((type) => operationType === `${type}_refund`);
  if (refunded) return refunded;
  const own = saleTypes.find((type) => operationType === type);
  return own && isSettledByPrepayment(document) ? own : null;
}

/** Whether the document gives back what another took. */
export function isRefund({ operation, facets: { operationType } }: Omit<Dependent, 'merchant'>): boolean {
  return operation === 'receipt' && saleTypes.some((type) => operationType === `${type}_refund`);
}

function isSettledByPrepayment({ settlements }: NewEntry['document']): boolean {
  return Array.isArray(settlements) && settlements.some((each) => Object(each).type === 'prepayment');
}

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

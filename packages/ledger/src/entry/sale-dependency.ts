import type { Reason } from '@fiscalkit/client';
import type { Entry, NewEntry } from './entry.js';

/** Operation types on whose registration other documents can depend. */
export const saleTypes = ['sell', 'buy'] as const;

export type SaleType = (typeof saleTypes)[number];

/** The part of an entry that determines its dependency. */
export type Dependent = Pick<NewEntry, 'merchant' | 'operation' | 'facets' | 'document'>;

/**
 * Returns the operation type of which the payment needs a registered receipt before this document is sent: a
 * refund needs its sale or purchase; one that is settled by a prepayment needs the prepayment, which is a
 * receipt of its own type that is not settled so. `null` for what depends on nothing. Pure.
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

/** Whether the document is a refund. */
export function isRefund({ operation, facets: { operationType } }: Omit<Dependent, 'merchant'>): boolean {
  return operation === 'receipt' && saleTypes.some((type) => operationType === `${type}_refund`);
}

/** Whether a receipt is settled by a prepayment, as the closing receipt of one. */
export function isSettledByPrepayment({ settlements }: NewEntry['document']): boolean {
  return Array.isArray(settlements) && settlements.some((each) => Object(each).type === 'prepayment');
}

/** Reason of a held entry: nothing that it depends on is registered, and all of it is rejected. */
export const saleRejectedReason = {
  code: 'sale.rejected',
  message: 'The sale of this payment was rejected. It has to be registered first, or a person has to decide.',
} as const satisfies Reason;

/** Whether an entry is held until a sale of its payment is registered or an operator releases it. */
export function isHeld({ state, reason }: Pick<Entry, 'state' | 'reason'>): boolean {
  return state === 'accepted' && reason?.code === saleRejectedReason.code;
}

import type { NewEntry } from './entry.js';

/** Operation types of which something else can depend on being registered. */
export const saleTypes = ['sell', 'buy'] as const;

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

import { type ProviderReceipt, parseWireTime } from '@fiscalkit/schemas';
import { fingerprintOfReceipt, type ReceiptContent } from './receipt-content.js';

/** How far the provider's clock may be behind ours, in milliseconds. */
const clockSkewMs = 2 * 60 * 1000;

/** What is searched for, and what can't be it. */
export interface MatchCriteria {
  readonly content: ReceiptContent;
  readonly since: Date;
  readonly boundDocumentIds: ReadonlySet<string>;
  /** Zone of the printed creation times, in hours ahead of UTC. */
  readonly utcOffsetHours: number;
}

export type Match =
  | { readonly kind: 'match'; readonly receipt: ProviderReceipt }
  | { readonly kind: 'none' }
  /** A receipt of this payment can't be compared, so that its absence can't be claimed. */
  | { readonly kind: 'doubtful' };

/**
 * Picks our receipt from those of the provider: same payment, operation, total and positions, not older than the first
 * attempt, not bound to another document of ours. Of several, a live one before a rejected one, then the earliest.
 */
export function matchReceipt(receipts: readonly ProviderReceipt[], criteria: MatchCriteria): Match {
  const candidates = receipts.filter((receipt) => !isRuledOut(receipt, criteria));
  const [best] = candidates
    .filter((receipt) => isSame(receipt, criteria.content))
    .map((receipt) => ({ receipt, created: createdAt(receipt, criteria) ?? Number.POSITIVE_INFINITY }))
    .sort((one, other) => rank(one.receipt) - rank(other.receipt) || one.created - other.created);
  if (best) {
    return { kind: 'match', receipt: best.receipt };
  }
  return { kind: candidates.some(isUnclear) ? 'doubtful' : 'none' };
}

/** Only what is shown and differs rules a receipt out. */
function isRuledOut(receipt: ProviderReceipt, criteria: MatchCriteria): boolean {
  const { content, since, boundDocumentIds } = criteria;
  return (
    boundDocumentIds.has(receipt.receipt_id) ||
    (receipt.payment_id ?? content.paymentId) !== content.paymentId ||
    (receipt.operation_type ?? content.operationType) !== content.operationType ||
    (createdAt(receipt, criteria) ?? Number.POSITIVE_INFINITY) < since.getTime() - clockSkewMs
  );
}

function isSame(
  receipt: ProviderReceipt,
  { paymentId, operationType, fingerprint }: ReceiptContent,
): boolean {
  return (
    receipt.payment_id === paymentId &&
    receipt.operation_type === operationType &&
    fingerprintOfReceipt(receipt) === fingerprint
  );
}

function isUnclear(receipt: ProviderReceipt): boolean {
  return (
    receipt.payment_id === null || receipt.operation_type === null || fingerprintOfReceipt(receipt) === null
  );
}

function createdAt({ created_at }: ProviderReceipt, { utcOffsetHours }: MatchCriteria): number | null {
  try {
    return created_at === null ? null : parseWireTime(created_at, utcOffsetHours).getTime();
  } catch {
    return null;
  }
}

function rank({ status }: ProviderReceipt): number {
  return status === 'rejected' ? 1 : 0;
}

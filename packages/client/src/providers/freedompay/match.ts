import { type ProviderReceipt, parseWireTime } from '@fiscalkit/schemas';
import { fingerprintOfReceipt, type ReceiptContent } from './receipt-content.js';

/** How far two clocks differ at most while both are right, in milliseconds. */
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
 * Picks our receipt from those of the provider: same payment, operation, total and positions, not bound to another document of
 * ours. Of several, a live one before a rejected one, then one made after the first attempt began, then the nearest to it. Time
 * only prefers: a clock that was wrong for a moment must not make our own receipt look older than it can be, and be sent again.
 */
export function matchReceipt(receipts: readonly ProviderReceipt[], criteria: MatchCriteria): Match {
  const candidates = receipts.filter((receipt) => !isRuledOut(receipt, criteria));
  const [best] = candidates
    .filter((receipt) => isSame(receipt, criteria.content))
    .map((receipt) => ({ receipt, rank: rankOf(receipt, criteria), ageMs: ageMs(receipt, criteria) }))
    .sort((one, other) => one.rank - other.rank || Math.abs(one.ageMs) - Math.abs(other.ageMs));
  if (best) {
    return { kind: 'match', receipt: best.receipt };
  }
  return { kind: candidates.some(isUnclear) ? 'doubtful' : 'none' };
}

/** Only what is shown and differs rules a receipt out, and its age only if it was rejected: that one hinders nothing. */
function isRuledOut(receipt: ProviderReceipt, criteria: MatchCriteria): boolean {
  const { content, boundDocumentIds } = criteria;
  return (
    boundDocumentIds.has(receipt.receipt_id) ||
    (receipt.payment_id ?? content.paymentId) !== content.paymentId ||
    (receipt.operation_type ?? content.operationType) !== content.operationType ||
    (isRejected(receipt) && isOlder(receipt, criteria))
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

function rankOf(receipt: ProviderReceipt, criteria: MatchCriteria): number {
  if (isRejected(receipt)) {
    return 2;
  }
  return isOlder(receipt, criteria) ? 1 : 0;
}

function isRejected({ status }: ProviderReceipt): boolean {
  return status === 'rejected';
}

function isOlder(receipt: ProviderReceipt, criteria: MatchCriteria): boolean {
  return ageMs(receipt, criteria) > clockSkewMs;
}

/** Milliseconds from the receipt's making to the first attempt; one without a readable time is as late as can be. */
function ageMs({ created_at }: ProviderReceipt, { since, utcOffsetHours }: MatchCriteria): number {
  try {
    return created_at === null
      ? Number.NEGATIVE_INFINITY
      : since.getTime() - parseWireTime(created_at, utcOffsetHours).getTime();
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}

import { isFinal } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../generator/merchants.js';
import { isLegible } from '../generator/profile.js';
import { contentKey, paymentKey, plannedContentKey, plannedPaymentKey } from './identity.js';
import type { Observations, Violation } from './observations.js';
import type { StoredDocument } from './stored-documents.js';

/**
 * Counts of documents that the provider registered although its answer was lost. Only documents that exactly
 * one receipt can match are counted: documents of a payment are sent one after the other, each when the one
 * before it is final and bound, so that there is no other unbound live receipt, unless ids of two payments
 * are the same number. Receipts that the provider shows illegibly are left out, too.
 */
export interface Recognition {
  readonly lost: number;
  /** Found and identified by the search, without the operator. */
  readonly recognised: number;
  /** Entries left to the operator, however many receipts matched, even none. */
  readonly doubtful: number;
}

/** Reason code of an entry that only an operator can settle. */
const doubtfulCode = 'provider.doubtful';

/** Reason codes of entries that only an operator can settle, of every provider. */
export const handedCodes: ReadonlySet<string> = new Set([doubtfulCode, 'ledger.window-over']);

/** Share of lost answers that may be left to the operator; a single one always may. */
const toleratedShare = 0.01;

/** Counts lost answers, and how many of their documents were recognised. */
export function countRecognition({ planned, stored, provider }: Observations): Recognition {
  const receipts = stored.filter(({ entry }) => entry.operation === 'receipt');
  const spellings = Map.groupBy(new Set(receipts.map(paymentOf)), plainNumber);
  const illegible = new Set(provider.receipts.filter(({ writing }) => !isLegible(writing)).map(paymentIn));
  const isPlain = (payment: string) =>
    spellings.get(plainNumber(payment))?.length !== 2 && !illegible.has(payment);
  const clear = receipts.filter((document) => isPlain(paymentOf(document)));
  const recognised = clear.filter(wasRecognised).length;
  const left = receipts.filter(wasLeftToOperator);
  const there = left.filter(
    (document) => isPlain(paymentOf(document)) && isAtProvider(document, provider.receipts),
  );
  const surplus = countSurplus(planned, provider.receipts, isPlain);
  return { lost: recognised + there.length + surplus, recognised, doubtful: left.length };
}

/** Returns a violation when too many lost answers were not recognised. */
export function checkRecognition({ lost, recognised }: Recognition): Violation[] {
  const missed = lost - recognised;
  if (missed <= Math.max(1, lost * toleratedShare)) return [];
  return [{ kind: 'unrecognised', what: `${missed} of ${lost} lost answers` }];
}

/** Whether a search bound the entry to its document, not an answer and not the operator. */
function wasRecognised({ rows }: StoredDocument): boolean {
  return rows.some(
    ({ from, to, details }) =>
      from === 'unknown' &&
      (to === 'pending' || to === 'registered') &&
      details.provider_document !== undefined &&
      details.action === undefined,
  );
}

/** Whether the operator settled the entry, or nobody did. */
function wasLeftToOperator({ entry, rows }: StoredDocument): boolean {
  if (!isFinal(entry.state)) return entry.reason?.code === doubtfulCode;
  const settled = rows.findIndex(({ details }) => details.action === 'resolve');
  return rows.slice(0, Math.max(settled, 0)).some(({ details }) => details.reason === doubtfulCode);
}

function isAtProvider({ entry, rows }: StoredDocument, receipts: readonly JournalledReceipt[]): boolean {
  // A document that was refused when it was resent has a number, too, but was not registered before.
  if (isFinal(entry.state)) {
    return (
      entry.state === 'registered' && rows.some(({ details }) => details.provider_document !== undefined)
    );
  }
  return receipts.some(
    ({ payment_id, operation_type, status, total }) =>
      payment_id === entry.facets.paymentId &&
      operation_type === entry.facets.operationType &&
      Math.round(total * 100) === entry.facets.totalMinor &&
      status !== 'rejected',
  );
}

/** Counts live receipts beyond the planned ones: each was not recognised, and sent again. */
function countSurplus(
  planned: Observations['planned'],
  registered: readonly JournalledReceipt[],
  isPlain: (payment: string) => boolean,
): number {
  const expected = new Map<string, number>();
  for (const document of planned) {
    if (document.kind !== 'receipt') continue;
    const key = `${plannedPaymentKey(document)} ${plannedContentKey(document)}`;
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  const live = registered.filter(({ status }) => status !== 'rejected');
  const found = Map.groupBy(live, (receipt) => `${paymentIn(receipt)} ${contentKey(receipt)}`);
  return [...found].reduce((surplus, [key, [first, ...rest]]) => {
    if (first === undefined || !isPlain(paymentIn(first))) return surplus;
    return surplus + Math.max(0, 1 + rest.length - (expected.get(key) ?? 0));
  }, 0);
}

function paymentIn({ merchant_id, payment_id }: JournalledReceipt): string {
  return paymentKey(merchant_id, payment_id);
}

function paymentOf({ entry }: StoredDocument): string {
  return paymentKey(merchantOf(entry.merchant).providerId, entry.facets.paymentId);
}

/** Returns the key of a payment with leading zeros of its id removed. */
function plainNumber(payment: string): string {
  return payment.replace(/ 0+(?=\d+$)/, ' ');
}

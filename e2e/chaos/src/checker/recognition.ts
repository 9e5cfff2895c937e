import { isFinal } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../generator/merchants.js';
import { isLegible } from '../generator/profile.js';
import { contentKey, paymentKey, plannedContentKey, plannedPaymentKey } from './identity.js';
import type { Books, Violation } from './observations.js';
import type { StoredDocument } from './stored-documents.js';

/**
 * What became of documents that the provider has registered though its answer never came. Counted are those of which only one receipt
 * could be meant: documents of a payment are sent one after the other, each when the one before it is final and bound, so that no other
 * unbound live receipt can stand there, unless ids of two payments are the same number. Left out is also what the provider shows so that
 * nobody can tell what it is.
 */
export interface Recognition {
  readonly lost: number;
  /** Found by the search and taken for what they are, without a person. */
  readonly recognised: number;
  /** Entries that were left to a person, whether or not only one receipt could be meant, and whether or not it was there. */
  readonly doubtful: number;
}

/** The code of an entry that only a person can settle. */
export const doubtfulCode = 'provider.doubtful';

/** Share of lost answers that may be left to a person; a single one always may. */
const tolerated = 0.01;

/** Counts the documents whose answer was lost, and how many of them were recognised. */
export function countRecognition({ planned, stored, provider }: Books): Recognition {
  const receipts = stored.filter(({ entry }) => entry.operation === 'receipt');
  const spellings = Map.groupBy(new Set(receipts.map(paymentOf)), plainNumber);
  const illegible = new Set(provider.receipts.filter(({ writing }) => !isLegible(writing)).map(paymentIn));
  const isPlain = (payment: string) =>
    spellings.get(plainNumber(payment))?.length !== 2 && !illegible.has(payment);
  const clear = receipts.filter((document) => isPlain(paymentOf(document)));
  const recognised = clear.filter(wasRecognised).length;
  const left = receipts.filter(wasLeftToPerson);
  const there = left.filter(
    (document) => isPlain(paymentOf(document)) && isThere(document, provider.receipts),
  );
  const surplus = countSurplus(planned, provider.receipts, isPlain);
  return { lost: recognised + there.length + surplus, recognised, doubtful: left.length };
}

/** Complains when too many lost answers were not recognised. */
export function checkRecognition({ lost, recognised }: Recognition): Violation[] {
  const missed = lost - recognised;
  if (missed <= Math.max(1, lost * tolerated)) return [];
  return [{ kind: 'unrecognised', what: `${missed} of ${lost} lost answers` }];
}

/** Whether a search, not an answer and not a person, told the entry its document. */
function wasRecognised({ rows }: StoredDocument): boolean {
  return rows.some(
    ({ from, to, details }) =>
      from === 'unknown' &&
      (to === 'pending' || to === 'registered') &&
      details.provider_document !== undefined &&
      details.action === undefined,
  );
}

/** Whether a person settled it, or nobody did. */
function wasLeftToPerson({ entry, rows }: StoredDocument): boolean {
  if (!isFinal(entry.state)) return entry.reason?.code === doubtfulCode;
  const settled = rows.findIndex(({ details }) => details.action === 'resolve');
  return rows.slice(0, Math.max(settled, 0)).some(({ details }) => details.reason === doubtfulCode);
}

function isThere({ entry, rows }: StoredDocument, receipts: readonly JournalledReceipt[]): boolean {
  // What was refused when it was sent again has a number, too, but nothing of it was registered before.
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

/** Every live receipt above those asked for stands for one that was not recognised, and sent again. */
function countSurplus(
  planned: Books['planned'],
  registered: readonly JournalledReceipt[],
  isPlain: (payment: string) => boolean,
): number {
  const asked = new Map<string, number>();
  for (const document of planned) {
    if (document.kind !== 'receipt') continue;
    const key = `${plannedPaymentKey(document)} ${plannedContentKey(document)}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
  }
  const live = registered.filter(({ status }) => status !== 'rejected');
  const found = Map.groupBy(live, (receipt) => `${paymentIn(receipt)} ${contentKey(receipt)}`);
  return [...found].reduce((surplus, [key, [first, ...rest]]) => {
    if (first === undefined || !isPlain(paymentIn(first))) return surplus;
    return surplus + Math.max(0, 1 + rest.length - (asked.get(key) ?? 0));
  }, 0);
}

function paymentIn({ merchant_id, payment_id }: JournalledReceipt): string {
  return paymentKey(merchant_id, payment_id);
}

function paymentOf({ entry }: StoredDocument): string {
  return paymentKey(merchantOf(entry.merchant).providerId, entry.facets.paymentId);
}

/** The key of a payment, whose id of digits is written without zeros in front. */
function plainNumber(payment: string): string {
  return payment.replace(/ 0+(?=\d+$)/, ' ');
}

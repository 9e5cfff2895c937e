import {
  canonicalJson,
  exceeds,
  faultOf,
  leftOf,
  takenBy,
  uncheckedCorrection,
  uncheckedReceipt,
  type Wallet,
  wallets,
} from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import { nextVersionKey } from '../entry/operator-action.js';
import { originOf, receiptDocument, sentDocument, withOrigin } from '../entry/receipt-origin.js';
import type { CorrectionService } from './correction-service.js';
import {
  derivedFaults,
  entryState,
  interventionInvalid,
  operatorActionFault,
  originRejected,
} from './errors.js';
import type { PaymentService } from './payment-service.js';
import { correctionOperation, receiptOperation } from './receipt-entry-query.js';
import { prepaidMinorOf, type ReceiptFamily } from './receipt-family.js';
import type { ReceiptService } from './receipt-service.js';

/** Services that check and freeze the documents of entries. */
export interface DocumentServices {
  readonly receipts: Pick<ReceiptService, 'prepare'>;
  readonly corrections: Pick<CorrectionService, 'prepare'>;
  readonly payments: Pick<PaymentService, 'prepare'>;
}

/** Resubmission of a rejected entry. */
export interface Resubmission {
  /** The corrected document; the same as before when absent. */
  readonly document?: unknown;
  /** `meant`: a second live receipt with this content is meant. */
  readonly twin?: 'meant' | undefined;
}

/**
 * Gives the next version of a receipt that was made from another its origin, and what it takes of that now.
 * Throws a `FiscalError` with code `refund.exceeds-sale` or `closing.exceeds-prepaid` where other receipts have
 * taken it since, `origin.rejected`, or `intervention.invalid` for a correction that has another operation type,
 * or settles another prepayment.
 */
export function deriveAgain(family: ReceiptFamily, rejected: Entry, next: NewEntry): NewEntry {
  const stored = originOf(rejected);
  const origin = stored && family.newestVersion(stored.receipt_id);
  if (!stored || !origin) return next;
  if (origin.state === 'rejected') throw originRejected();
  const receipt = receiptDocument(origin);
  const earlier = family.takenOf(origin).map(({ taken }) => taken);
  const corrected = receiptDocument(next);
  const before = receiptDocument(rejected);
  const isSame = canonicalJson(corrected) === canonicalJson(before);
  const isOfSameType = corrected.operation_type === before.operation_type;
  const isOfSamePrepayment = prepaidMinorOf(corrected) === prepaidMinorOf(before);
  if (!isOfSameType || (stored.relation === 'closing' && !isOfSamePrepayment))
    throw interventionInvalid([operatorActionFault('field.value', '$.document')]);
  const taken =
    (isSame && stored.receipt_id === origin.id) || stored.relation === 'closing'
      ? stored.taken
      : takenBy(receipt, corrected, earlier).taken;
  const code = stored.relation === 'refund' ? 'refund.exceeds-sale' : 'closing.exceeds-prepaid';
  if (exceeds(leftOf(receipt, earlier), taken)) throw derivedFaults([faultOf(code, '$.positions')]);
  const { relation } = stored;
  const document = withOrigin(corrected, { receipt_id: origin.id, relation, taken });
  // Equal parts of a receipt are no twins: what is left of it says whether there may be another.
  const { onTwin: _, ...entry } = next;
  return { ...entry, document, uniqueKeys: rejected.uniqueKeys };
}

/**
 * Prepares the next version of a rejected entry, checked and frozen anew, for the account if one is given. It
 * must be for the same payment: one for another is another document. Throws as the service of its document does, and
 * `intervention.invalid`.
 */
export function prepareAgain(
  services: DocumentServices,
  rejected: Entry,
  { document, twin }: Resubmission,
  account?: string,
): NewEntry {
  const given = document === undefined ? sentDocument(rejected) : document;
  const prepared = prepare(services, rejected, { document: given, account });
  const isSamePayment = prepared.facets.paymentId === rejected.facets.paymentId;
  // The account may have changed, and the ordering key with it.
  if (prepared.operation !== rejected.operation || !isSamePayment) {
    throw interventionInvalid([operatorActionFault('field.value', '$.document')]);
  }
  const { onTwin, ...next } = prepared;
  return {
    ...next,
    // The stored document includes what the configuration filled in, which the caller's content does not.
    ...(document === undefined && { contentDigest: rejected.contentDigest }),
    ...(onTwin && twin !== 'meant' && { onTwin: 'refuse' }),
    idempotencyKey: nextVersionKey(rejected.id),
  };
}

function prepare(
  { receipts, corrections, payments }: DocumentServices,
  { merchant, operation, account: before, document: { origin } }: Entry,
  { document, account = origin ? before : undefined }: { document: unknown; account: string | undefined },
): NewEntry {
  if (operation === receiptOperation)
    return receipts.prepare({ merchant, receipt: uncheckedReceipt(document) }, account).entry;
  if (operation === correctionOperation)
    return corrections.prepare({ merchant, correction: uncheckedCorrection(document) }, account).entry;
  const wallet = walletOf(operation);
  if (wallet) return payments.prepare({ merchant, wallet, confirmation: document });
  throw entryState('Entries of this operation are not handed in at a desk of this ledger.');
}

const confirmations = Object.keys(wallets) as Wallet[];

function walletOf(operation: string): Wallet | undefined {
  return confirmations.find((wallet) => operation === `confirmation.${wallet}`);
}

import { uncheckedReceipt, type Wallet, wallets } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import { nextVersionKey } from '../entry/operator-action.js';
import { entryState, interventionInvalid, operatorActionFault } from './errors.js';
import type { PaymentService } from './payment-service.js';
import { receiptOperation } from './receipt-entry-query.js';
import type { ReceiptService } from './receipt-service.js';

/** Services that check and freeze the documents of entries. */
export interface DocumentServices {
  readonly receipts: Pick<ReceiptService, 'prepare'>;
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
 * Prepares the next version of a rejected entry, checked and frozen anew. It must be for the same payment:
 * one for another is another document. Throws as the service of its document does, and
 * `intervention.invalid`.
 */
export function prepareAgain(
  services: DocumentServices,
  rejected: Entry,
  { document, twin }: Resubmission,
): NewEntry {
  const prepared = prepare(services, rejected, document === undefined ? rejected.document : document);
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
  { receipts, payments }: DocumentServices,
  { merchant, operation }: Entry,
  document: unknown,
): NewEntry {
  if (operation === receiptOperation)
    return receipts.prepare({ merchant, receipt: uncheckedReceipt(document) }).entry;
  const wallet = walletOf(operation);
  if (wallet) return payments.prepare({ merchant, wallet, confirmation: document });
  throw entryState('Entries of this operation are not handed in at a desk of this ledger.');
}

const confirmations = Object.keys(wallets) as Wallet[];

function walletOf(operation: string): Wallet | undefined {
  return confirmations.find((wallet) => operation === `confirmation.${wallet}`);
}

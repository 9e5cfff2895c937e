import { type FiscalReceipt, parseAmount, type Receipt } from '@fiscalkit/schemas';
import { accountName, accountScope } from '../entry/account-name.js';
import type { EntryFacets, NewEntry } from '../entry/entry.js';
import { chooseProvider } from './choose-provider.js';
import type { DeskParts } from './desk-parts.js';
import { idempotencyKey } from './idempotency-key.js';
import type { Merchant } from './merchant.js';
import { receiptDigest } from './receipt-digest.js';
import { receiptOperation } from './receipt-entry-query.js';
import { onTwin } from './twins.js';

/** A receipt to make ready. */
export interface PrepareReceipt {
  readonly merchant: string;
  /** It is checked here, whatever its type says; for data of unknown shape there is `uncheckedReceipt`. */
  readonly receipt: FiscalReceipt;
  /** 1–255 printable ASCII characters; derived from the content when absent. */
  readonly idempotencyKey?: string | undefined;
  /** `meant`: a second receipt with the same content is meant; it needs an idempotency key of its own. */
  readonly twin?: 'meant' | undefined;
}

/** A receipt that was checked, and what was asked for. */
interface CheckedReceipt {
  readonly merchant: Merchant;
  readonly receipt: Receipt;
  readonly request: PrepareReceipt;
}

/** Makes the entry of a checked receipt, with its request frozen. */
export function newReceiptEntry(
  { createId, clock }: Pick<DeskParts, 'createId' | 'clock'>,
  { merchant, receipt, request }: CheckedReceipt,
): NewEntry {
  const provider = chooseProvider(merchant, receiptOperation, receipt.receipt_format);
  const contentDigest = receiptDigest(Object(request.receipt), receipt);
  const id = createId();
  const document = { ...receipt };
  const businessTime = clock();
  return {
    id,
    merchant: merchant.id,
    provider: provider.name,
    account: accountName(provider, merchant.id),
    operation: receiptOperation,
    idempotencyKey: idempotencyKey(request.idempotencyKey, contentDigest),
    ...onTwin(merchant, request),
    contentDigest,
    claims: [],
    orderingKey: `receipt:${accountScope(provider, merchant.id)}:${receipt.payment_id}`,
    facets: receiptFacets(receipt),
    document,
    request: provider.freeze({ operation: receiptOperation, document }, { reference: id, businessTime }),
  };
}

/** What a receipt is found and ordered by. */
export function receiptFacets(receipt: Receipt): EntryFacets {
  return {
    paymentId: receipt.payment_id,
    operationType: receipt.operation_type,
    totalMinor: parseAmount(receipt.total),
  };
}

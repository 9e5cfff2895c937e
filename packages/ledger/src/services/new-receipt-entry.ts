import type { Provider } from '@fiscalkit/client';
import { type FiscalReceipt, parseAmount, type Receipt } from '@fiscalkit/schemas';
import { accountScope } from '../entry/accounts.js';
import type { Entry, EntryFacets, NewEntry } from '../entry/entry.js';
import { originDocument, type StoredOrigin, withOrigin } from '../entry/receipt-origin.js';
import { receiptDigest } from './content-digest.js';
import { frozenDocument, type IdentityContext } from './frozen-document.js';
import { idempotencyKey, onTwin } from './idempotency.js';
import { chooseProvider, type Merchant } from './merchants.js';
import { receiptOperation } from './receipt-entry-query.js';

/** A receipt to prepare. */
export interface PrepareReceipt {
  readonly merchant: string;
  /** Checked at run time, whatever its type; `uncheckedReceipt` takes data of unknown shape. */
  readonly receipt: FiscalReceipt;
  /** 1–255 printable ASCII characters; derived from the content when absent. */
  readonly idempotencyKey?: string | undefined;
  /** `meant`: a second receipt with the same content is meant; it needs an idempotency key of its own. */
  readonly twin?: 'meant' | undefined;
}

/** A checked receipt, and its request. */
interface CheckedReceipt {
  readonly merchant: Merchant;
  readonly receipt: Receipt;
  readonly request: PrepareReceipt;
  /** Account that it goes to while that is configured; the first that takes it when absent. */
  readonly account?: string | undefined;
}

/** Creates the entry of a checked receipt, with its request frozen. */
export function newReceiptEntry(
  context: IdentityContext,
  { merchant, receipt, request, account }: CheckedReceipt,
): NewEntry {
  const contentDigest = receiptDigest(Object(request.receipt), receipt);
  const { receipt_format: format } = receipt;
  const provider = chooseProvider(merchant, { operation: receiptOperation, format, account });
  return {
    ...frozenReceipt(context, { merchant, provider, receipt }),
    idempotencyKey: idempotencyKey(request.idempotencyKey, contentDigest),
    ...onTwin(merchant, request),
    contentDigest,
    uniqueKeys: [],
  };
}

/** A receipt that was made from another of the ledger. */
interface ReceiptFromOrigin extends ReceiptToFreeze, Pick<NewEntry, NamesOfEntry> {
  readonly origin: OriginOfReceipt;
}

type NamesOfEntry = 'idempotencyKey' | 'contentDigest' | 'uniqueKeys';

/** Creates the entry of a receipt that was made from another, with its request frozen. */
export function derivedReceiptEntry(context: IdentityContext, derived: ReceiptFromOrigin): NewEntry {
  const { idempotencyKey, contentDigest, uniqueKeys } = derived;
  return { ...frozenReceipt(context, derived), idempotencyKey, contentDigest, uniqueKeys };
}

/** The receipt that another was made from, and what it takes of it. */
export interface OriginOfReceipt extends Omit<StoredOrigin, 'receipt_id'> {
  readonly entry: Entry;
}

interface ReceiptToFreeze {
  readonly merchant: Merchant;
  readonly provider: Provider;
  readonly receipt: Receipt;
  readonly origin?: OriginOfReceipt | undefined;
}

function frozenReceipt(
  context: IdentityContext,
  { merchant, provider, receipt, origin }: ReceiptToFreeze,
): Omit<NewEntry, NamesOfEntry> {
  const stored = origin && {
    receipt_id: origin.entry.id,
    relation: origin.relation,
    taken: origin.taken,
  };
  return {
    ...frozenDocument(context, {
      merchant,
      provider,
      operation: receiptOperation,
      document: { ...receipt },
      origin: origin && originDocument(origin.entry),
    }),
    document: withOrigin(receipt, stored),
    orderingKey: paymentQueue(accountScope(provider, merchant.id), receipt.payment_id),
    facets: receiptFacets(receipt),
  };
}

/** Returns the ordering key of the receipts and corrections of a payment. */
export function paymentQueue(account: string, paymentId: string): string {
  return `receipt:${account}:${paymentId}`;
}

/** Returns the facets by which a receipt is found and ordered. */
export function receiptFacets(receipt: Receipt): EntryFacets {
  return {
    paymentId: receipt.payment_id,
    operationType: receipt.operation_type,
    totalMinor: parseAmount(receipt.total),
  };
}

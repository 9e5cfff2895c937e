import { type ProviderReceipt, readProviderReceipt } from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';
import { isReceiptId } from './receipt-id.js';

/** A receipt, with what only a comparison needs of it; nobody else is handed a buyer's data. */
export interface ShownReceipt extends ProviderReceipt {
  readonly customer?: { readonly email: string | null; readonly phone: string | null };
}

/** A row of a list: a receipt, or what can be told of one that can't be read. */
export type ListedRow =
  | { readonly kind: 'receipt'; readonly key: string; readonly receipt: ShownReceipt }
  | {
      readonly kind: 'unreadable';
      readonly key: string;
      readonly receiptId: string | null;
      readonly paymentId: string | null;
    };

/** Reads the body of an answer about one receipt, `{ "data": { … } }`; `null` when it is not one. */
export function readReceipt(body: Uint8Array): ProviderReceipt | null {
  return receiptOf(dataOf(body));
}

/** Reads the body of a list, `{ "data": [ … ] }`; `null` when any part of it can't be read. */
export function readReceipts(body: Uint8Array): ProviderReceipt[] | null {
  const receipts = listIn(body)?.map(receiptOf) ?? [null];
  return receipts.every((receipt) => receipt !== null) ? receipts : null;
}

/** Reads the body of a list row by row; `null` when it is no list. */
export function readRows(body: Uint8Array): ListedRow[] | null {
  return listIn(body)?.map(rowOf) ?? null;
}

/** Whether an answer about one receipt says in so many words that there is none. */
export function showsNothing(body: Uint8Array): boolean {
  const data = dataOf(body);
  return data === null || (Array.isArray(data) && data.length === 0);
}

function dataOf(body: Uint8Array): unknown {
  const envelope = readJson(body);
  return typeof envelope === 'object' && envelope !== null && 'data' in envelope ? envelope.data : undefined;
}

/** A list that stands beside an error says what went wrong, not what is there. */
function listIn(body: Uint8Array): readonly unknown[] | null {
  const envelope = readJson(body);
  const { data, error, errors, success, is_success, ok } = Object(envelope);
  const hasFailed = [success, is_success, ok].includes(false) || isTold(error) || isTold(errors);
  return Array.isArray(data) && !hasFailed ? data : null;
}

function isTold(error: unknown): boolean {
  return typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error);
}

function receiptOf(data: unknown): ProviderReceipt | null {
  const receipt = readProviderReceipt(data);
  return receipt && isReceiptId(receipt.receipt_id) ? receipt : null;
}

/** A receipt whose status is a word that nobody knows is there all the same, and not known to be rejected. */
function rowOf(data: unknown): ListedRow {
  const receipt = receiptOf(data) ?? receiptOf({ ...Object(data), status: 'pending' });
  const { receipt_id, payment_id, customer } = Object(data);
  if (receipt !== null) {
    const { email, phone } = Object(customer);
    const shown = { ...receipt, customer: { email: textOf(email), phone: textOf(phone) } };
    return { kind: 'receipt', key: receipt.receipt_id, receipt: shown };
  }
  const id = textOf(receipt_id);
  return {
    kind: 'unreadable',
    key: JSON.stringify(data) ?? '',
    receiptId: id !== null && isReceiptId(id) ? id : null,
    paymentId: textOf(payment_id),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null;
}

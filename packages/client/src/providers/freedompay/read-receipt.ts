import { type ProviderReceipt, readProviderReceipt } from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';
import { isReceiptId } from './receipt-id.js';

/** Reads the body of an answer about one receipt, `{ "data": { … } }`; `null` when it is not one. */
export function readReceipt(body: Uint8Array): ProviderReceipt | null {
  return receiptOf(dataOf(body));
}

/** Reads the body of a list, `{ "data": [ … ] }`; `null` when any part of it can't be read. */
export function readReceipts(body: Uint8Array): ProviderReceipt[] | null {
  const data = dataOf(body);
  const receipts = Array.isArray(data) ? data.map(receiptOf) : [null];
  return receipts.every((receipt) => receipt !== null) ? receipts : null;
}

function receiptOf(data: unknown): ProviderReceipt | null {
  const receipt = readProviderReceipt(data);
  return receipt && isReceiptId(receipt.receipt_id) ? receipt : null;
}

function dataOf(body: Uint8Array): unknown {
  const envelope = readJson(body);
  return typeof envelope === 'object' && envelope !== null && 'data' in envelope ? envelope.data : undefined;
}

import { checkReceiptListQuery } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import type { ReceiptRecord } from '../records/receipt-record.js';
import { authenticate } from './authenticate.js';
import { faultsAnswer } from './faults-answer.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { printReceipt } from './print-receipt.js';
import { receiptFilter } from './receipt-filter.js';

/** Lists the merchant's own receipts, newest first. */
export function listReceipts(call: Call, parts: FreedompayParts): Answer {
  const caller = authenticate(call, parts.merchants);
  if (!caller.ok) return caller.answer;
  const check = checkReceiptListQuery(Object.fromEntries(new URLSearchParams(call.query)));
  if (!check.ok) return faultsAnswer(check.faults);
  const { query } = check;
  const now = parts.clock();
  const matches = receiptFilter(query, now);
  const page = pageOf(
    parts.records.receipts.list(query.payment_id),
    (record) => record.merchantId === caller.merchant.id && matches(record),
    query,
  );
  return { status: 200, body: { data: page.map((record) => printReceipt(record, now, query.utc)) } };
}

function pageOf(
  oldestFirst: readonly ReceiptRecord[],
  belongs: (record: ReceiptRecord) => boolean,
  { offset, limit }: { offset: number; limit: number },
): ReceiptRecord[] {
  const page: ReceiptRecord[] = [];
  let toSkip = offset;
  for (let index = oldestFirst.length - 1; index >= 0 && page.length < limit; index -= 1) {
    const record = oldestFirst[index];
    if (record === undefined || !belongs(record)) continue;
    if (toSkip > 0) toSkip -= 1;
    else page.push(record);
  }
  return page;
}

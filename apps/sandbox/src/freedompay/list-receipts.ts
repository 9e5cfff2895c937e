import { checkReceiptListQuery, type ReceiptListQuery } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import type { ReceiptRecord } from '../records/receipt-record.js';
import { numberIn, type WritingWay } from '../writing/writing-way.js';
import { authenticate } from './authenticate.js';
import { faultsAnswer } from './faults-answer.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { printReceipt } from './print-receipt.js';
import { receiptFilter } from './receipt-filter.js';

/** Lists the merchant's own receipts, newest first. */
export function listReceipts(call: Call, asked: readonly WritingWay[], parts: FreedompayParts): Answer {
  const caller = authenticate(call, parts.merchants);
  if (!caller.ok) return caller.answer;
  const check = checkReceiptListQuery(Object.fromEntries(new URLSearchParams(call.query)));
  if (!check.ok) return faultsAnswer(check.faults);
  const writing = [...parts.writing, ...asked];
  const query = queryHeeded(check.query, writing);
  const { payment_id: paymentId } = query;
  const { receipts } = parts.records;
  const now = parts.clock();
  const matches = receiptFilter(query, now);
  const page = pageOf(
    paymentId === undefined ? receipts.list() : receipts.found(paymentId),
    (record) => record.merchantId === caller.merchant.id && isListed(record, now) && matches(record),
    query,
  );
  return { status: 200, body: { data: page.map((record) => printReceipt(record, now, query.utc)) } };
}

/** What the list makes of a query that it does not answer to the letter. */
function queryHeeded(query: ReceiptListQuery, writing: readonly WritingWay[]): ReceiptListQuery {
  const limit = Math.min(query.limit, numberIn(writing, 'page') ?? query.limit);
  if (!writing.includes('no-filter')) return { ...query, limit };
  const {
    payment_id: _payment,
    operation_type: _operation,
    status: _status,
    total: _total,
    name: _name,
    ...rest
  } = query;
  return { ...rest, limit };
}

function isListed({ createdAt, writing = [] }: ReceiptRecord, now: Date): boolean {
  return now.getTime() >= createdAt + (numberIn(writing, 'late') ?? 0);
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

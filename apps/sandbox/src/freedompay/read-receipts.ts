import { checkReceiptListQuery, defaultUtcOffsetHours, type ReceiptListQuery } from '@fiscalkit/schemas';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import { type ReceiptRecord, receiptState } from '../records/record.js';
import { numberIn, type WritingWay } from '../writing/writing-way.js';
import { faultsAnswer, receiptData } from './answers.js';
import { authenticate } from './authenticate.js';
import type { FreedompayDependencies } from './dependencies.js';

/** Returns one receipt of the calling merchant. */
export function getReceipt(call: Call, dependencies: FreedompayDependencies): Answer {
  const caller = authenticate(call, dependencies.merchants);
  if (!caller.ok) return caller.answer;
  const record = dependencies.records.receipts.get(call.id ?? '');
  if (record?.merchantId !== caller.merchant.id) {
    return errorAnswer(404, 'receipt.not-found', 'there is no such receipt');
  }
  return { status: 200, body: { data: receiptData(record, dependencies.clock()) } };
}

/** Lists the receipts of the calling merchant, newest first. */
export function listReceipts(
  call: Call,
  requested: readonly WritingWay[],
  dependencies: FreedompayDependencies,
): Answer {
  const caller = authenticate(call, dependencies.merchants);
  if (!caller.ok) return caller.answer;
  const check = checkReceiptListQuery(Object.fromEntries(new URLSearchParams(call.query)));
  if (!check.ok) return faultsAnswer(check.faults);
  const writing = [...dependencies.writing, ...requested];
  const query = effectiveQuery(check.query, writing);
  const { payment_id: paymentId } = query;
  const { receipts } = dependencies.records;
  const now = dependencies.clock();
  const matches = receiptFilter(query, now);
  const page = pageOf(
    paymentId === undefined ? receipts.list() : receipts.listedUnder(paymentId),
    (record) => record.merchantId === caller.merchant.id && isListed(record, now) && matches(record),
    query,
  );
  return { status: 200, body: { data: page.map((record) => receiptData(record, now, query.utc)) } };
}

/** Returns the query that the list applies; ways of writing shorten its pages or ignore its filters. */
function effectiveQuery(query: ReceiptListQuery, writing: readonly WritingWay[]): ReceiptListQuery {
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

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Returns the filter of a list query; days are those of the zone in `utc`, the last one included. */
function receiptFilter(query: ReceiptListQuery, now: Date): (record: ReceiptRecord) => boolean {
  const { utc = defaultUtcOffsetHours } = query;
  const from = startOfDay(query['created_at[gte]'], utc) ?? Number.NEGATIVE_INFINITY;
  const lastDay = startOfDay(query['created_at[lte]'], utc) ?? Number.POSITIVE_INFINITY;
  const total = query.total;
  return (record) => {
    const { receipt, createdAt } = record;
    if (createdAt < from || createdAt >= lastDay + dayMs) return false;
    if (query.operation_type !== undefined && receipt.operation_type !== query.operation_type) return false;
    if (query.status !== undefined && receiptState(record, now) !== query.status) return false;
    if (total !== undefined && receipt.total !== total) return false;
    return query.name === undefined || receipt.positions.some(({ name }) => name === query.name);
  };
}

function startOfDay(day: string | undefined, utcOffsetHours: number): number | undefined {
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) - utcOffsetHours * hourMs;
}

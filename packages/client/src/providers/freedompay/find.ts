import { defaultUtcOffsetHours, type ProviderReceipt } from '@fiscalkit/schemas';
import type { FindOptions, RegistrationRequest } from '../../contract/provider.js';
import type { Finding } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listQuery } from './list-query.js';
import { matchReceipt } from './match.js';
import { contentOfRequest } from './receipt-content.js';
import { verdictOfReceipt } from './verdict-of-receipt.js';
import { pageSize, type WalkEnd, walkList } from './walk-list.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Looks through the payment's receipts for the one that a frozen request may have made. */
export async function findReceipt(
  api: FreedompayApi,
  request: RegistrationRequest,
  { since, boundDocumentIds, signal }: FindOptions,
  clock: () => Date,
): Promise<Finding> {
  const content = contentOfRequest(request.body);
  const window = dayWindow(since, clock());
  const ask = (offset: number) =>
    api.list(
      listQuery({
        ...window,
        payment_id: content.paymentId,
        offset,
        limit: pageSize,
        utc: defaultUtcOffsetHours,
      }),
      { requestId: request.reference, signal },
    );
  const { receipts, end } = await collect(walkList(ask, clock));
  if (end.kind === 'broken') {
    const { kind, ...trouble } = end;
    return { kind: 'unknown', ...trouble };
  }
  const criteria = { content, since, boundDocumentIds, utcOffsetHours: defaultUtcOffsetHours };
  const match = matchReceipt(receipts, criteria);
  if (match.kind === 'match') {
    return { kind: 'found', verdict: verdictOfReceipt(match.receipt) };
  }
  return match.kind === 'none'
    ? { kind: 'absent' }
    : { kind: 'unknown', reason: reasonOf('provider.unreadable', { outage: false }) };
}

/**
 * The list is filtered by whole days; one more on either side covers every zone and both clocks. A clock that was set back since
 * the first attempt turns the two around.
 */
function dayWindow(since: Date, now: Date): Record<'created_at[gte]' | 'created_at[lte]', string> {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const instants = [since.getTime(), now.getTime()];
  return {
    'created_at[gte]': day(Math.min(...instants) - dayMs),
    'created_at[lte]': day(Math.max(...instants) + dayMs),
  };
}

async function collect(
  walk: AsyncGenerator<ProviderReceipt, WalkEnd>,
): Promise<{ receipts: ProviderReceipt[]; end: WalkEnd }> {
  const receipts: ProviderReceipt[] = [];
  let step = await walk.next();
  while (!step.done) {
    receipts.push(step.value);
    step = await walk.next();
  }
  return { receipts, end: step.value };
}

import { randomUUID } from 'node:crypto';
import { defaultUtcOffsetHours, type ProviderReceipt, type ReceiptListQuery } from '@fiscalkit/schemas';
import { errorOfQuestion, passAbort } from '../../errors/error-of-verdict.js';
import type { Deadline } from '../../transport/deadline.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listQuery } from './list-query.js';
import { providerName } from './provider-name.js';
import { readReceipts } from './read-receipt.js';
import { pageSize, walkList } from './walk-list.js';

/** What a list is narrowed down by; pages are taken care of. */
export type ListFilter = Partial<Omit<ReceiptListQuery, 'offset' | 'limit'>>;

/** How to ask for a list. */
export interface ListQuestion {
  readonly api: FreedompayApi;
  readonly clock: () => Date;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
}

/** Asks page after page, giving each receipt once. */
export async function* listReceipts(
  filter: ListFilter,
  { api, clock, deadline, signal }: ListQuestion,
): AsyncGenerator<ProviderReceipt, void> {
  const requestId = randomUUID();
  const ask = async (offset: number) => {
    const query = listQuery({ utc: defaultUtcOffsetHours, ...filter, offset, limit: pageSize });
    const outcome = await api.list(query, { requestId, signal, budgetMs: deadline() });
    passAbort(outcome, signal);
    return outcome;
  };
  const walk = walkList({ ask, read: readReceipts, keyOf: ({ receipt_id }) => receipt_id, now: clock });
  let step = await walk.next();
  for (; !step.done; step = await walk.next()) {
    yield* step.value;
  }
  if (step.value.kind === 'broken') {
    throw errorOfQuestion(step.value.reason, { provider: providerName, requestId });
  }
}

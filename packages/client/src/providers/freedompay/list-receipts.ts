import { randomUUID } from 'node:crypto';
import { defaultUtcOffsetHours, type ProviderReceipt, type ReceiptListQuery } from '@fiscalkit/schemas';
import { errorOfQuestion, passAbort } from '../../errors/error-of-verdict.js';
import type { Deadline } from '../../transport/deadline.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listQuery } from './list-query.js';
import { providerName } from './provider-name.js';
import { readReceipts } from './read-receipt.js';
import { pageSize, walkList } from './walk-list.js';

/** Filter of a list; pages are handled by the client. */
export type ListFilter = Partial<Omit<ReceiptListQuery, 'offset' | 'limit'>>;

/** Dependencies of a list query. */
export interface ListQuestion {
  readonly api: FreedompayApi;
  readonly clock: () => Date;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
}

/** Reads page after page, and yields each receipt once. */
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

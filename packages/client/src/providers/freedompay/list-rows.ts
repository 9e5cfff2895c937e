import { defaultUtcOffsetHours } from '@fiscalkit/schemas';
import type { ApiCall } from '../../transport/transport.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listQuery } from './list-query.js';
import { type ListedRow, readRows } from './read-receipt.js';
import { pageSize, type WalkEnd, walkList } from './walk-list.js';

/** First and last day of a list, `2026-03-09`, both included. */
export type DayWindow = Readonly<Record<'created_at[gte]' | 'created_at[lte]', string>>;

/** Pages of a list, and how it ended. */
export type RowWalk = AsyncGenerator<readonly ListedRow[], WalkEnd>;

/** Walks through the receipts of some days, everybody's or those of a payment. */
export function listRows(
  { api, clock }: { readonly api: FreedompayApi; readonly clock: () => Date },
  filter: DayWindow & { readonly payment_id?: string },
  call: ApiCall,
): RowWalk {
  const paging = { limit: pageSize, utc: defaultUtcOffsetHours };
  const ask = (offset: number) => api.list(listQuery({ ...filter, offset, ...paging }), call);
  return walkList({ ask, read: readRows, keyOf: ({ key }) => key, now: clock });
}

import type { FaultyDocument } from './faulty-receipts.js';

/** Queries of the receipts list that break one rule each, by name of the parameter. */
export const faultyQueries: readonly FaultyDocument[] = [
  { code: 'query.limit.range', path: 'limit', input: { limit: '0' } },
  { code: 'query.limit.range', path: 'limit', input: { limit: '101' } },
  { code: 'query.limit.range', path: 'limit', input: { limit: 'all' } },
  { code: 'query.offset.range', path: 'offset', input: { offset: '-1' } },
  { code: 'query.offset.range', path: 'offset', input: { offset: '1.5' } },
  { code: 'query.utc.range', path: 'utc', input: { utc: '15' } },
  { code: 'query.utc.range', path: 'utc', input: { utc: 'Tashkent' } },
  { code: 'query.created-at.date', path: 'created_at[gte]', input: { 'created_at[gte]': '2023-02-29' } },
  { code: 'query.created-at.date', path: 'created_at[lte]', input: { 'created_at[lte]': '01.03.2023' } },
  {
    code: 'query.created-at.order',
    path: 'created_at[lte]',
    input: { 'created_at[gte]': '2023-03-02', 'created_at[lte]': '2023-03-01' },
  },
  { code: 'field.value', path: 'status', input: { status: 'done' } },
  { code: 'field.unknown', path: 'page', input: { page: '1' } },
  { code: 'amount.format', path: 'total', input: { total: '1,5' } },
];

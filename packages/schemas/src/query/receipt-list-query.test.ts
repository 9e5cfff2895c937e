import { describe, expect, it } from 'vitest';
import { checkReceiptListQuery } from './receipt-list-query.js';

describe('checkReceiptListQuery', () => {
  it('reads the documented query', () => {
    const documented = 'created_at[gte]=2023-03-01&created_at[lte]=2023-03-31&offset=1&limit=2&utc=3';
    expect(checkReceiptListQuery(Object.fromEntries(new URLSearchParams(documented)))).toEqual({
      ok: true,
      query: {
        'created_at[gte]': '2023-03-01',
        'created_at[lte]': '2023-03-31',
        offset: 1,
        limit: 2,
        utc: 3,
      },
    });
  });

  it('fills in offset and limit', () => {
    expect(checkReceiptListQuery({})).toEqual({ ok: true, query: { offset: 0, limit: 20 } });
  });

  it('reads every filter', () => {
    const filters = {
      payment_id: '7',
      operation_type: 'sell',
      status: 'pending',
      total: '200.50',
      name: 'Tea',
    };
    expect(checkReceiptListQuery(filters)).toMatchObject({ ok: true, query: { ...filters, total: 200.5 } });
  });

  it.each([
    ['limit', '0', 'query.limit.range'],
    ['limit', '10000', 'query.limit.range'],
    ['limit', '1.5', 'query.limit.range'],
    ['limit', 'all', 'query.limit.range'],
    ['limit', ['1', '2'], 'field.type'],
    ['offset', '-1', 'query.offset.range'],
    ['offset', '', 'query.offset.range'],
    ['utc', '15', 'query.utc.range'],
    ['utc', '-13', 'query.utc.range'],
    ['created_at[gte]', '2023-02-29', 'query.created-at.date'],
    ['created_at[lte]', '01.03.2023', 'query.created-at.date'],
    ['created_at[gte]', 5, 'field.type'],
    ['status', 'done', 'field.value'],
    ['operation_type', 'gift', 'field.value'],
    ['total', '1,5', 'amount.format'],
    ['page', '1', 'field.unknown'],
  ])('refuses %s=%j with %s', (path, value, code) => {
    expect(checkReceiptListQuery({ [path]: value })).toMatchObject({ ok: false, faults: [{ path, code }] });
  });

  it.each([
    ['limit', 'field.type'],
    ['utc', 'field.type'],
    ['status', 'field.value'],
    ['payment_id', 'field.type'],
  ])('says that %s is there twice, once', (path, code) => {
    expect(checkReceiptListQuery({ [path]: ['1', '2'] })).toEqual({
      ok: false,
      faults: [
        expect.objectContaining({ path, code, message: 'The query parameter is given more than once.' }),
      ],
    });
  });

  it('refuses a range the wrong way round, together with everything else', () => {
    const query = { 'created_at[gte]': '2023-03-31', 'created_at[lte]': '2023-03-01', limit: '0', page: '1' };
    const checked = checkReceiptListQuery(query);
    expect(checked.ok ? [] : checked.faults.map(({ code }) => code)).toEqual([
      'query.limit.range',
      'field.unknown',
      'query.created-at.order',
    ]);
  });

  it('takes a range of one day', () => {
    const day = '2023-03-01';
    expect(checkReceiptListQuery({ 'created_at[gte]': day, 'created_at[lte]': day }).ok).toBe(true);
  });

  it.each(['limit=1', null, undefined, [], 5])('names the document when %j is no query at all', (query) => {
    expect(checkReceiptListQuery(query)).toMatchObject({ ok: false, faults: [{ path: '$' }] });
  });
});

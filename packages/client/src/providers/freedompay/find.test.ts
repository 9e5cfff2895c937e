import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindOptions, Provider, RegistrationRequest } from '../../contract/provider.js';
import {
  answering,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, printedReceipt, registeredFields } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
// 02:00 on the 11th at UTC+5, the zone that creation times are asked for in.
const since = new Date('2026-03-10T21:00:00Z');
const justAfter = '11.03.2026 02:00:07';

let server: LoopbackServer;
let provider: Provider;
let request: RegistrationRequest;
beforeAll(async () => {
  server = await startLoopbackServer();
  const settings = { merchantId: '542088', secretKey: 'secret', baseUrl: server.origin, clock: () => now };
  provider = createFreedompay(settings);
  const identity = { reference: 'reference', businessTime: since };
  request = provider.freeze({ operation: 'receipt', document: checkedReceipt() }, identity);
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

/** Lists like the provider: rows newest first, `offset` and `limit` in rows, never more than `most` at a time. */
function listing(rows: readonly Record<string, unknown>[], most = 100) {
  server.behave((response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    const offset = Number(query.get('offset'));
    const limit = Math.min(Number(query.get('limit')), most);
    response.end(JSON.stringify({ data: rows.slice(offset, offset + limit) }));
  });
}

function row(receipt_id: string, changes: Record<string, unknown> = {}) {
  return printedReceipt({ receipt_id, created_at: justAfter, ...changes });
}

function find(options: Partial<FindOptions> = {}) {
  return provider.find(request, { since, boundDocumentIds: new Set(), ...options });
}

const foundPending = (providerDocumentId: string) => ({
  kind: 'found',
  verdict: { kind: 'pending', providerDocumentId },
});

describe('find', () => {
  it('asks for the payment in a window of days that covers every zone', async () => {
    listing([]);
    expect(await find()).toEqual({ kind: 'absent' });
    expect(server.received.map(({ target }) => target)).toEqual([
      '/v5/receipts?created_at[gte]=2026-03-09&created_at[lte]=2026-03-11&payment_id=764239789&offset=0&limit=100&utc=5',
    ]);
  });

  it('finds our receipt in the state that it is in', async () => {
    listing([row('ours')]);
    expect(await find()).toEqual(foundPending('ours'));
    listing([row('ours', registeredFields)]);
    expect(await find()).toMatchObject({ kind: 'found', verdict: { kind: 'registered' } });
    listing([row('ours', { status: 'failed' })]);
    expect(await find()).toMatchObject({ kind: 'found', verdict: { kind: 'rejected' } });
  });

  const [first, second] = printedReceipt().positions as [Record<string, unknown>, Record<string, unknown>];
  it.each([
    ['another payment', { payment_id: '1' }],
    ['another operation', { operation_type: 'sell_refund' }],
    ['another total', { total: 200.01 }],
    ['another price', { positions: [{ ...first, price: 50.01 }, second] }],
    ['another quantity', { positions: [{ ...first, quantity: 2.001 }, second] }],
    ['another name', { positions: [{ ...first, name: 'Товар №3' }, second] }],
    ['another order of positions', { positions: [second, first] }],
    ['fewer positions', { positions: [first] }],
    ['an older receipt that was rejected', { created_at: '11.03.2026 01:57:00', status: 'failed' }],
  ])('does not take for ours: %s', async (_, changes) => {
    listing([row('other', changes)]);
    expect(await find()).toEqual({ kind: 'absent' });
  });

  it.each([
    [
      'amounts as text',
      { total: '200.00', positions: [{ ...first, price: '50.00', quantity: '2.000' }, second] },
    ],
    ['other blanks in a name', { positions: [{ ...first, name: ' Товар  №1' }, second] }],
    ['a clock a little behind', { created_at: '11.03.202601:58:30' }],
    ['a clock far behind', { created_at: '10.03.2026 21:00:00' }],
    ['no creation time', { created_at: null }],
  ])('takes for ours in spite of %s', async (_, changes) => {
    listing([row('ours', changes)]);
    expect(await find()).toEqual(foundPending('ours'));
  });

  it.each([
    ['shows no positions', { positions: null }],
    ['shows no total', { total: null }],
    ['shows no payment', { payment_id: null }],
    ['shows an unreadable price', { positions: [{ ...first, price: 'x' }, second] }],
  ])('claims no absence while a receipt of the payment %s', async (_, changes) => {
    listing([row('unclear', changes)]);
    expect(await find()).toEqual({
      kind: 'unknown',
      reason: { code: 'provider.unreadable', message: expect.any(String) },
    });
  });

  it('leaves out receipts that are bound to other documents', async () => {
    listing([row('second'), row('first')]);
    expect(await find({ boundDocumentIds: new Set(['first']) })).toEqual(foundPending('second'));
    expect(await find({ boundDocumentIds: new Set(['first', 'second']) })).toEqual({ kind: 'absent' });
  });

  it('takes the earliest of several, a rejected one only when no other is there', async () => {
    listing([
      row('latest', { created_at: '11.03.2026 02:00:09' }),
      row('earliest', { created_at: '11.03.2026 02:00:05' }),
      row('rejected', { created_at: '11.03.2026 02:00:01', status: 'failed' }),
    ]);
    expect(await find()).toEqual(foundPending('earliest'));
  });

  it('takes one from after the first attempt before an older one, and of these the nearest', async () => {
    const older = [
      row('oldest', { created_at: '10.03.2026 20:00:00' }),
      row('older', { created_at: '11.03.2026 01:50:00' }),
    ];
    listing([row('ours', { created_at: '11.03.2026 02:29:00' }), ...older]);
    expect(await find()).toEqual(foundPending('ours'));
    listing(older);
    expect(await find()).toEqual(foundPending('older'));
  });

  it('looks at the right days when the clock was days ahead at the first attempt', async () => {
    listing([row('ours', { created_at: '11.03.2026 02:29:00' })]);
    expect(await find({ since: new Date('2026-03-20T21:00:00Z') })).toEqual(foundPending('ours'));
    expect(server.received[0]?.target).toContain('created_at[gte]=2026-03-09&created_at[lte]=2026-03-21');
  });

  it.each([100, 7])('looks through all pages when one holds %i rows', async (most) => {
    const others = Array.from({ length: 150 }, (_, index) => row(`other-${index}`, { total: index }));
    listing([...others, row('ours')], most);
    expect(await find()).toEqual(foundPending('ours'));
  });

  it('reads on correctly while new receipts push rows down', async () => {
    const rows = Array.from({ length: 105 }, (_, index) => row(`other-${index}`, { total: index }));
    rows.push(row('ours'));
    let pushed = 0;
    server.behave((response, { target }) => {
      const offset = Number(new URL(target, server.origin).searchParams.get('offset'));
      response.end(JSON.stringify({ data: rows.slice(offset, offset + 100) }));
      rows.unshift(row(`new-${pushed++}`, { total: 1 }));
    });
    expect(await find()).toEqual(foundPending('ours'));
  });

  it('claims no absence when pages do not join', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => row(`other-${index}`, { total: index }));
    server.behave((response, { target }) => {
      const page = Number(new URL(target, server.origin).searchParams.get('offset'));
      response.end(JSON.stringify({ data: rows.slice(page * 100, page * 100 + 100) }));
    });
    expect(await find()).toMatchObject({ kind: 'unknown' });
  });

  it('gives up on a list without an end', async () => {
    let number = 0;
    server.behave((response) => {
      const data = [row(`row-${number++}`, { total: 1 }), row(`row-${number}`, { total: 1 })];
      response.end(JSON.stringify({ data }));
    });
    expect(await find()).toMatchObject({ kind: 'unknown', reason: { code: 'provider.too-large' } });
    expect(server.received).toHaveLength(50);
  });

  it.each([204, 301, 400, 401, 404, 500])('claims no absence after %i', async (status) => {
    server.behave(answering(status, status === 204 ? '' : { data: [] }));
    expect((await find()).kind).toBe('unknown');
  });

  it('claims no absence when a single row can not be read', async () => {
    listing([row('other', { payment_id: '1' }), row('odd', { status: 'sleeping' })]);
    expect(await find()).toMatchObject({ kind: 'unknown', reason: { code: 'provider.unreadable' } });
  });

  it('hands on when to come back', async () => {
    server.behave(answering(429, {}, { 'retry-after': '9' }));
    expect(await find()).toMatchObject({ kind: 'unknown', retryAfterMs: 9000 });
  });

  it('says unknown when the caller cancels', async () => {
    const finding = await find({ signal: AbortSignal.abort() });
    expect(finding).toMatchObject({ kind: 'unknown', reason: { code: 'provider.aborted' } });
  });
});

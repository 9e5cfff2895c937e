import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type Harness, openHarness, signatureOf } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let harness: Harness;
afterEach(() => harness.close());

const path = '/v5/events';

async function sell(payment: number): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment }));
  const { body: answer } = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.data.status).toBe('registered');
  return answer.data.receipt_id;
}

it("shows the merchant's own events, oldest first, behind a cursor", async () => {
  harness = await openHarness();
  const ids = [await sell(1), await sell(2)];
  const first = await harness.signed({ path: `${path}?limit=3` });
  expect(first.status).toBe(200);
  expect(first.body.more).toBe(true);
  const rest = await harness.signed({ path: `${path}?after=${first.body.cursor}` });
  expect(rest.body.more).toBe(false);
  const events = [...first.body.data, ...rest.body.data];
  expect(events.map(({ type, data }) => [type, data.receipt_id])).toEqual([
    ['receipt.accepted', ids[0]],
    ['receipt.registered', ids[0]],
    ['receipt.accepted', ids[1]],
    ['receipt.registered', ids[1]],
  ]);
  expect(events[1]).toMatchObject({
    id: `${ids[0]}:3:receipt-registered`,
    data: {
      payment_id: '1',
      operation: 'receipt',
      operation_type: 'sell',
      status: 'registered',
      mark: { country: 'ru', fiscal_document_number: expect.any(String) },
      link: expect.stringMatching(/^https:/),
      reason: null,
    },
  });
  const { body } = await harness.signed({ path: `${path}?after=${rest.body.cursor}` });
  expect(body).toEqual({ data: [], cursor: rest.body.cursor, more: false });
});

it('shows nothing of the buyer and no secret, and is served to who signs only', async () => {
  harness = await openHarness();
  await sell(1);
  const { body } = await harness.signed({ path });
  expect(JSON.stringify(body)).not.toMatch(/buyer@example\.com|secret_key|demo-api-key|Чай/);
  expect((await harness.send(path)).status).toBe(401);
  expect((await harness.signed({ path, secretKey: 'another' })).status).toBe(401);
});

it.each([
  ['?after=', 400, 'events.cursor'],
  ['?after=nonsense', 400, 'events.cursor'],
  ['?after=a&after=b', 400, 'events.cursor'],
  ['?limit=0', 400, 'events.limit'],
  ['?limit=1001', 400, 'events.limit'],
  ['?limit=two', 400, 'events.limit'],
  ['?limit=1&limit=2', 400, 'events.limit'],
  ['?wait=1.5', 400, 'query.wait'],
  ['?before=1', 400, 'query.unknown'],
])('refuses %s', async (query, status, code) => {
  harness = await openHarness();
  const answer = await harness.signed({ path: `${path}${query}` });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

it('waits for an event', async () => {
  harness = await openHarness();
  const { body } = await harness.signed({ path });
  const waiting = harness.signed({ path: `${path}?after=${body.cursor}&wait=20000` });
  await delay(50);
  const id = await sell(1);
  expect((await waiting).body.data[0].data.receipt_id).toBe(id);
});

it('answers those who wait at once when it stops', async () => {
  harness = await openHarness();
  const waiting = harness.signed({ path: `${path}?wait=20000` });
  await delay(100);
  const begunAt = performance.now();
  const closed = harness.gateway.close();
  expect(await waiting).toMatchObject({ status: 200, body: { data: [] } });
  await closed;
  expect(performance.now() - begunAt).toBeLessThan(2_000);
});

it('refuses more who wait than the limit, and forgets a client that has left', async () => {
  harness = await openHarness({ FISCALKIT_MAX_EVENT_WAITS: '1' });
  const socket = connect(Number(new URL(harness.gateway.url).port), '127.0.0.1');
  socket.on('error', () => {});
  const signature = signatureOf({ path });
  socket.write(`GET ${path}?wait=20000 HTTP/1.1\r\nHost: a\r\nX-JWS-Signature: ${signature}\r\n\r\n`);
  const wait = () => harness.signed({ path: `${path}?wait=50` });
  await expect
    .poll(async () => (await wait()).body)
    .toMatchObject({ error: { code: 'events.busy', retryable: true } });
  expect(await wait()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
  socket.destroy();
  await expect.poll(async () => (await wait()).status).toBe(200);
});

it('is not there where events are not kept', async () => {
  harness = await openHarness({ FISCALKIT_EVENTS_KEPT_DAYS: '0' });
  await sell(1);
  const answer = await harness.signed({ path });
  expect([answer.status, answer.body.error.code]).toEqual([404, 'events.off']);
});

it('says that events are gone', async () => {
  harness = await openHarness();
  // The form of a cursor is its own business; this one is of a generation that never was.
  await sell(1);
  const other = await openHarness();
  await other.signed({ path });
  const { body } = await harness.signed({ path });
  const answer = await other.signed({ path: `${path}?after=${body.cursor}` });
  await other.close();
  expect([answer.status, answer.body.error.code, answer.body.error.retryable]).toEqual([
    410,
    'events.gone',
    false,
  ]);
});

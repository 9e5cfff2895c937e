import { afterEach, beforeEach, expect, test } from 'vitest';
import { russianReceipt, Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import type { FaultRuleInput } from './fault-rule.js';

let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  sandbox = await startSandbox({ registrationDelayMs: 0 });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

test('drop-before: the connection closes and nothing was registered', async () => {
  injectAtCreate({ kind: 'drop-before' });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(sandbox.journal()).toMatchObject({ receipts: [], requests: { 'receipts.create': 1 } });
});

test('drop-after: the connection closes and the receipt is registered', async () => {
  injectAtCreate({ kind: 'drop-after' });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(sandbox.journal().receipts).toMatchObject([{ status: 'registered' }]);
});

test('refuse: connections are refused for a while, then the same port answers again', async () => {
  injectAtCreate({ kind: 'refuse', forMs: 60 });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect.poll(() => createdOrRefused(), { interval: 10 }).toBe(200);
  expect(sandbox.journal().receipts).toHaveLength(1);
});

test('a sandbox that refuses can be closed', async () => {
  injectAtCreate({ kind: 'refuse', forMs: 3_600_000 });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  await sandbox.close();
});

test.each(['before', 'after'] as const)('delay %s processing', async (when) => {
  injectAtCreate({ kind: 'delay', ms: 50, when });
  const began = performance.now();
  const answering = shop.create(russianReceipt);
  await expect.poll(() => sandbox.journal().requests['receipts.create'], { interval: 1 }).toBe(1);
  expect(sandbox.journal().receipts).toHaveLength(when === 'before' ? 0 : 1);
  expect((await answering).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThan(45);
});

test('a client that disconnects during a delay leaves a registered receipt and a running sandbox', async () => {
  injectAtCreate({ kind: 'delay', ms: 30 });
  const leaving = new Shop(sandbox.url);
  const answering = leaving.create(russianReceipt);
  await expect.poll(() => sandbox.journal().requests['receipts.create'], { interval: 1 }).toBe(1);
  await leaving[Symbol.asyncDispose]();
  await expect(answering).rejects.toThrow();
  await expect.poll(() => sandbox.journal().receipts.length, { interval: 5 }).toBe(1);
  sandbox.faults.clear();
  expect((await shop.create(russianReceipt)).status).toBe(200);
});

test('closing ends a delay at once', async () => {
  injectAtCreate({ kind: 'delay', ms: 60_000 });
  const answering = shop.create(russianReceipt);
  await expect.poll(() => sandbox.journal().requests['receipts.create'], { interval: 1 }).toBe(1);
  const began = performance.now();
  await Promise.all([expect(answering).rejects.toThrow(), sandbox.close()]);
  expect(performance.now() - began).toBeLessThan(400);
});

test('status: 503 with and without advice, before and after processing', async () => {
  injectAtCreate({ kind: 'status', status: 503, retryAfterSeconds: 7 });
  const before = await shop.create(russianReceipt);
  expect(before).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
  expect(sandbox.journal().receipts).toEqual([]);
  sandbox.faults.clear();
  injectAtCreate({ kind: 'status', status: 500, when: 'after' });
  const after = await shop.create(russianReceipt);
  expect(after.status).toBe(500);
  expect(after.headers).not.toHaveProperty('retry-after');
  expect(sandbox.journal().receipts).toHaveLength(1);
});

test('garbled: a complete message with broken JSON', async () => {
  injectAtCreate({ kind: 'garbled' });
  const reply = await shop.create(russianReceipt);
  expect(reply.status).toBe(200);
  expect(() => reply.json()).toThrow(SyntaxError);
  expect(sandbox.journal().receipts).toHaveLength(1);
});

test('slow-body: the answer arrives slowly and completely', async () => {
  injectAtCreate({ kind: 'slow-body', bytesPerSecond: 20_000 });
  const began = performance.now();
  const reply = await shop.create(russianReceipt);
  const minMs = (Buffer.byteLength(reply.text) / 20_000) * 1000;
  expect(reply.receipt().status).toBe('registered');
  expect(performance.now() - began).toBeGreaterThan(minMs * 0.9);
});

test('endless-body: continues until the client disconnects, and the sandbox keeps running', async () => {
  injectAtCreate({ kind: 'endless-body' });
  const sending = { target: '/v5/receipts', document: russianReceipt };
  const reply = await fetch(sandbox.url + sending.target, {
    method: 'POST',
    body: JSON.stringify(sending.document),
    headers: { 'x-jws-signature': shop.signature(sending) },
  });
  let received = 0;
  for await (const chunk of reply.body ?? []) {
    received += chunk.length;
    if (received > 4 * 1024 * 1024) break;
  }
  expect(received).toBeGreaterThan(4 * 1024 * 1024);
  sandbox.faults.clear();
  expect((await shop.create(russianReceipt)).status).toBe(200);
});

test('stay-pending: accepted and never registered', async () => {
  injectAtCreate({ kind: 'stay-pending' });
  const { receipt_id: id } = (await shop.create(russianReceipt)).receipt();
  expect((await shop.sign({ target: `/v5/receipts/${id}` })).receipt().status).toBe('pending');
  expect(sandbox.journal().receipts).toMatchObject([{ status: 'pending', mark: null }]);
});

test('stay-pending for a time: accepted, and registered that much later', async () => {
  injectAtCreate({ kind: 'stay-pending', forMs: 50 });
  const { receipt_id: id } = (await shop.create(russianReceipt)).receipt();
  expect(sandbox.journal().receipts).toMatchObject([{ status: 'pending', mark: null }]);
  const status = async () => (await shop.sign({ target: `/v5/receipts/${id}` })).receipt().status;
  await expect.poll(status).toBe('registered');
});

test('reject: the receipt has an error and no mark', async () => {
  injectAtCreate({ kind: 'reject', code: '3896', message: 'cashless above total' });
  const data = (await shop.create(russianReceipt)).receipt();
  expect(data).toMatchObject({
    status: 'rejected',
    error: { code: '3896', message: 'cashless above total' },
    fiscal_storage_number: null,
    link: null,
  });
  expect(sandbox.journal().receipts).toMatchObject([{ status: 'rejected', mark: null }]);
});

test('reject: a confirmation fails with the code and is not journalled', async () => {
  sandbox.faults.add({
    endpoint: 'payments.*',
    fault: { kind: 'reject', code: '105', message: 'BILLING_ERROR' },
  });
  const reply = await shop.confirmAnor('t');
  expect(reply.json()).toMatchObject({ is_success: false, error: { code: 105, message: 'BILLING_ERROR' } });
  expect(sandbox.journal().confirmations).toEqual([]);
});

test('faults of different stages apply together', async () => {
  injectAtCreate({ kind: 'stay-pending' });
  injectAtCreate({ kind: 'drop-after' });
  await expect(shop.create(russianReceipt)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(sandbox.journal().receipts).toMatchObject([{ status: 'pending' }]);
});

test('a rule for a payment applies to every call about it', async () => {
  const id = (await shop.create(russianReceipt)).receipt().receipt_id;
  sandbox.faults.add({ endpoint: '*', paymentId: '764239789', fault: { kind: 'status', status: 503 } });
  sandbox.faults.add({ endpoint: '*', paymentId: 't', fault: { kind: 'status', status: 502 } });
  const replies = [
    await shop.create(russianReceipt),
    await shop.create({ ...russianReceipt, payment_id: 'other' }),
    await shop.sign({ target: `/v5/receipts/${id}` }),
    await shop.sign({ target: '/v5/receipts?payment_id=764239789' }),
    await shop.sign({ target: '/v5/receipts' }),
    await shop.confirmAnor('t'),
    await shop.confirmAnor('u'),
  ];
  expect(replies.map(({ status }) => status)).toEqual([503, 200, 503, 503, 200, 502, 200]);
});

function injectAtCreate(fault: FaultRuleInput['fault']) {
  sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault });
}

async function createdOrRefused(): Promise<number | string> {
  try {
    return (await shop.create(russianReceipt)).status;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
}

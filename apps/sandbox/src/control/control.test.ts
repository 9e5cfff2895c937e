import { afterEach, beforeEach, expect, test } from 'vitest';
import { russianReceipt, Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';

const always = { endpoint: '*', fault: { kind: 'status', status: 503 } };
let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  sandbox = await startSandbox({ registrationDelayMs: 0, seed: 42 });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

test('rules are added, listed and cleared, and never apply to the control interface', async () => {
  const added = await shop.send({ target: '/_sandbox/faults', document: [always, always] });
  expect(added.status).toBe(201);
  expect(added.json()).toMatchObject([{ id: 'fault-1' }, { id: 'fault-2', fault: { when: 'before' } }]);
  expect((await shop.create(russianReceipt)).status).toBe(503);
  expect((await shop.send({ target: '/_sandbox/faults' })).json()).toMatchObject([
    { applied: 1 },
    { applied: 0 },
  ]);
  expect((await remove('/_sandbox/faults/fault-1')).json()).toEqual({ cleared: 1 });
  expect((await remove('/_sandbox/faults/fault-1')).error().code).toBe('sandbox.fault.unknown');
  expect((await remove('/_sandbox/faults')).json()).toEqual({ cleared: 1 });
  expect((await shop.create(russianReceipt)).status).toBe(200);
});

test.each([
  ['not JSON', undefined],
  ['not a rule', 7],
  ['wrong in two places', { endpoint: 'nowhere', fault: { kind: 'delay', ms: -1 } }],
])('a rule that is %s is refused with all its faults', async (_name, document) => {
  const reply = await shop.send({ method: 'POST', target: '/_sandbox/faults', document });
  expect(reply.status).toBe(400);
  const { code, faults, errors } = reply.error();
  expect(code).toBe('sandbox.fault.invalid');
  expect(Object.keys(errors)).toHaveLength(faults.length);
  expect(sandbox.faults.list()).toEqual([]);
});

test('the journal is the same over HTTP and can be narrowed to a payment', async () => {
  await shop.create(russianReceipt);
  await shop.create({ ...russianReceipt, payment_id: 'other' });
  await shop.confirmAnor('t');
  expect((await shop.send({ target: '/_sandbox/journal' })).json()).toEqual(sandbox.journal());
  const narrowed = (await shop.send({ target: '/_sandbox/journal?payment_id=other' })).json();
  expect(narrowed).toMatchObject({
    receipts: [{ payment_id: 'other', operation_type: 'sell', total: 200, status: 'registered' }],
    confirmations: [],
    requests: { 'receipts.create': 2, 'payments.anor_confirm': 1, 'receipts.list': 0 },
  });
});

test('a reset forgets receipts, confirmations, counters and rules', async () => {
  sandbox.faults.add({ endpoint: 'receipts.get', fault: { kind: 'drop-after' } });
  await shop.create(russianReceipt);
  await shop.confirmAnor('t');
  const reset = await shop.send({ method: 'POST', target: '/_sandbox/reset' });
  expect(reset.json()).toEqual({ status: 'ok', seed: 42 });
  expect(sandbox.journal()).toMatchObject({
    receipts: [],
    confirmations: [],
    requests: { 'receipts.create': 0 },
  });
  expect(sandbox.faults.list()).toEqual([]);
  await shop.create(russianReceipt);
  expect(sandbox.journal().receipts).toMatchObject([{ mark: { fiscal_document_number: '1' } }]);
});

test('unknown paths, wrong methods and oversized bodies get a clear answer', async () => {
  expect((await shop.send({ target: '/v2/receipts' })).status).toBe(404);
  expect(await remove('/v5/receipts')).toMatchObject({ status: 405, headers: { allow: 'POST, GET' } });
  const oversized = await shop.create({ ...russianReceipt, filler: 'x'.repeat(2 * 1024 * 1024) });
  expect(oversized.status).toBe(413);
  expect((await shop.send({ target: '/_sandbox/health' })).json()).toEqual({ status: 'ok', seed: 42 });
});

function remove(target: string) {
  return shop.send({ method: 'DELETE', target });
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { russianReceipt, Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';

let time = 0;
let sandbox: Sandbox;
let shop: Shop;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => new Date(time), registrationDelayMs: 0 });
  shop = new Shop(sandbox.url);
  const [position] = russianReceipt.positions;
  await take('2023-03-01T18:59:59Z', { payment_id: 'a' });
  await take('2023-03-01T19:00:00Z', { payment_id: 'b', operation_type: 'sell_refund' });
  await take('2023-03-02T18:59:59Z', {
    payment_id: 'b',
    positions: [{ ...position, name: 'Чай' }],
    settlements: [{ type: 'cashless', sum: 100 }],
  });
  sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
  await take('2023-03-02T19:00:00Z', { payment_id: 'c' });
});

afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

test('newest first', async () => {
  expect(await paymentsOf('')).toEqual(['c', 'b', 'b', 'a']);
});

test.each([
  ['payment_id=b', ['b', 'b']],
  ['payment_id=nobody', []],
  ['operation_type=sell_refund', ['b']],
  ['status=pending', ['c']],
  ['status=registered', ['b', 'b', 'a']],
  ['total=100', ['b']],
  ['total=100.00&payment_id=b', ['b']],
  ['name=Чай', ['b']],
  ['offset=1&limit=2', ['b', 'b']],
  ['offset=3', ['a']],
  ['created_at[gte]=2023-03-02&created_at[lte]=2023-03-02', ['b', 'b']],
  ['created_at[gte]=2023-03-02&created_at[lte]=2023-03-02&utc=0', ['c', 'b']],
  ['created_at%5Bgte%5D=2023-03-03', ['c']],
  ['created_at[lte]=2023-03-01', ['a']],
])('%s', async (query, payments) => {
  expect(await paymentsOf(query)).toEqual(payments);
});

test('times are in the requested zone, those of the register in its own', async () => {
  const [receipt] = (await list('payment_id=a&utc=0')).receipts();
  expect(receipt).toMatchObject({ created_at: '01.03.2023 18:59:59', registered_at: '01.03.2023 21:59:59' });
});

test.each([
  ['limit=0', 'limit'],
  ['limit=10000', 'limit'],
  ['surprise=1', 'surprise'],
  ['created_at[gte]=2023-02-30', 'created_at[gte]'],
])('%s is refused by name', async (query, name) => {
  const reply = await list(query);
  expect(reply.status).toBe(400);
  expect(Object.keys(reply.error().errors)).toEqual([name]);
});

function list(query: string) {
  return shop.sign({ target: `/v5/receipts?${query}` });
}

async function paymentsOf(query: string): Promise<string[]> {
  const reply = await list(query);
  return reply.receipts().map((receipt) => receipt.payment_id);
}

async function take(at: string, changes: Record<string, unknown>): Promise<void> {
  time = Date.parse(at);
  const reply = await shop.create({ ...russianReceipt, ...changes });
  expect(reply.status).toBe(200);
}

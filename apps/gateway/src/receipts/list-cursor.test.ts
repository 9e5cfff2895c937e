import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let harness: Harness;

beforeEach(async () => {
  harness = await openHarness();
});
afterEach(() => harness.close());

async function create(payment: number): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment }));
  return (await harness.signed({ method: 'POST', path: '/v5/receipts', body })).body.data.receipt_id;
}

const page = async (query: string): Promise<string[]> =>
  (await harness.signed({ path: `/v5/receipts?${query}` })).body.data.map(
    (receipt: { readonly receipt_id: string }) => receipt.receipt_id,
  );

it('goes on behind the last receipt of the page before, whatever comes in', async () => {
  const created: string[] = [];
  for (let payment = 1; payment <= 5; payment += 1) created.unshift(await create(payment));
  const seen = await page('limit=2');
  for (let payment = 10; seen.length < 5; payment += 1) {
    await create(payment);
    seen.push(...(await page(`limit=2&total=200&cursor=${seen.at(-1)?.toUpperCase()}`)));
  }
  expect(seen).toEqual(created);
  expect(await page(`cursor=${seen.at(-1)}`)).toEqual([]);
});

it.each([
  ['cursor=4711', 'query.cursor'],
  ['cursor=', 'query.cursor'],
  ['cursor=%00', 'query.cursor'],
  ['cursor=00000000-0000-4000-8000-000000000000', 'query.cursor'],
  ['cursor=00000000-0000-4000-8000-000000000000&offset=0', 'query.invalid'],
  ['cursor=1&cursor=2', 'query.cursor'],
])('refuses %s', async (query, code) => {
  const { status, body } = await harness.signed({ path: `/v5/receipts?${query}` });
  expect([status, body.error.code]).toEqual([400, code]);
});

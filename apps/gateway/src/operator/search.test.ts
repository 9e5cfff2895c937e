import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, hashKey } from '../auth/api-keys.js';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { confirmation, sale } from '../receipt.fixture.js';

const anna = createKey();
/** May see another merchant only; that one and the shop. */
const [stranger, both] = [createKey(), createKey()];
const buyer = 'canary@example.com';

let harness: Harness;

beforeEach(async () => {
  const administrators = [
    { name: 'anna', keyHash: hashKey(anna) },
    { name: 'stranger', keyHash: hashKey(stranger), role: 'admin', merchants: ['700124'] },
    { name: 'both', keyHash: hashKey(both), role: 'read', merchants: ['700124', shop.id] },
  ];
  harness = await openHarness((sandboxUrl) => {
    const providers = { freedompay: { baseUrl: sandboxUrl }, fiscalbox: { baseUrl: sandboxUrl } };
    const merchants = [{}, { id: '700124', secretKey: { env: 'OTHER' }, ...providers }];
    return {
      FISCALKIT_CONFIG: fileWith(JSON.stringify({ merchants, administrators })),
      OTHER: 'the secret of another merchant',
    };
  });
});
afterEach(() => harness.close());

const search = (query: string, key = anna) =>
  harness.send(`/admin/entries?${query}`, { headers: { Authorization: `Bearer ${key}` } });

const ids = async (query: string): Promise<string[]> =>
  (await search(query)).body.data.map(({ id }: { readonly id: string }) => id);

async function create(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  const { body } = await harness.signed({
    method: 'POST',
    path: '/v5/receipts?wait=5000',
    headers,
    body: JSON.stringify(sale({ customer: { email: buyer }, ...changes })),
  });
  return body.data;
}

/** Waits until the index has everything. */
async function indexed(): Promise<void> {
  await expect.poll(async () => (await search('q=anything')).body.index.lag_ms, { timeout: 10_000 }).toBe(0);
}

describe('the search for entries', () => {
  it('finds a receipt by all that a person may know of it', async () => {
    const receipt = await create({ payment_id: '4712' }, { 'Idempotency-Key': 'order-4712' });
    await create({ payment_id: '4713' });
    await indexed();
    const id = receipt.receipt_id;
    const link = new URL(receipt.link);
    const entry = (await search(`q=${id}`)).body.data[0];
    const texts = [
      ...[id, '4712', 'order-4712', entry.provider_document_id, receipt.link, link.search.slice(1)],
      ...[link.searchParams.get('i'), link.searchParams.get('fp')],
    ];
    for (const text of texts)
      expect([text, await ids(`q=${encodeURIComponent(text)}`)]).toEqual([text, [id]]);
    expect(await ids('q=200.00')).toHaveLength(2);
    expect(await ids('q=200,00&limit=1')).not.toContain(id);
    expect(await ids('q=order')).toEqual([]);
  });

  it('shows an administrator the merchants that are theirs', async () => {
    const { receipt_id: id } = await create({ payment_id: '4715' });
    await indexed();
    for (const query of [`q=${id}`, 'q=4715', 'q=200.00', 'state=registered', `q=4715&merchant=${shop.id}`]) {
      const found = await search(query, stranger);
      expect([query, found.body.data ?? found.body.error.code]).toEqual([
        query,
        query.includes('merchant=') ? 'access.merchant' : [],
      ]);
      const { body } = await search(query, both);
      expect(body.data).toMatchObject([{ id, acts: expect.any(Array) }]);
    }
  });

  it('finds what was just accepted by id, payment and key', async () => {
    const receipt = await create({ payment_id: '4714' }, { 'Idempotency-Key': 'order-4714' });
    for (const text of [receipt.receipt_id, '4714', 'order-4714'])
      expect([text, await ids(`q=${text}`)]).toEqual([text, [receipt.receipt_id]]);
  });

  it('filters by state, merchant, provider, account, operation, reason and time', async () => {
    const before = new Date().toISOString();
    const { receipt_id: good } = await create({ payment_id: '1' });
    harness.sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
    const { receipt_id: refused } = await create({ payment_id: '2' });
    await harness.confirm(confirmation());
    await indexed();
    const { data } = (await search('operation=confirmation.anor')).body;
    expect(data).toMatchObject([{ operation: 'confirmation.anor', state: 'registered' }]);
    const confirmed = data[0].id;
    const { reason } = (await search(`q=${refused}`)).body.data[0];
    const all = [confirmed, refused, good];
    const after = new Date(Date.now() + 60_000).toISOString();
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['state=registered', [confirmed, good]],
      ['state=rejected,registered', all],
      ['state=registered&operation=receipt', [good]],
      [`merchant=${shop.id}&from=${before}`, all],
      ['merchant=nobody&state=registered', []],
      ['provider=freedompay&operation_type=sell', [refused, good]],
      ['provider=none', []],
      ['account=none', []],
      [`reason=${reason.code}`, [refused]],
      ['reason=none', []],
      [`from=${after}`, []],
      [`to=${after}`, all],
      [`to=${before}`, []],
      [`from=${before.replace('Z', '%2B00:00')}`, all],
      [`from=${before.replace('Z', '+00:00')}&q=2`, [refused]],
    ];
    for (const [query, expected] of cases) expect([query, await ids(query)]).toEqual([query, expected]);
  });

  it('goes on from page to page, and each has its own cursor', async () => {
    const created: string[] = [];
    for (let payment = 1; payment <= 5; payment += 1) {
      created.unshift((await create({ payment_id: String(payment) })).receipt_id);
    }
    await indexed();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: { data: { id: string }[]; next_cursor: string | null } } = await search(
        `state=registered&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(created);
    const { next_cursor: next } = (await search('state=registered&limit=2')).body;
    expect(await ids(`state=registered&limit=3&cursor=${next}`)).toEqual(created.slice(2));
    for (const query of [
      `state=registered&cursor=${next.slice(1)}`,
      `state=registered&cursor=${next}x`,
      `state=registered&q=200&cursor=${next}`,
      'cursor=',
      'cursor=%00',
    ]) {
      const { status, body } = await search(query);
      expect([query, status, body.error?.code]).toEqual([query, 400, 'search.cursor']);
    }
  });

  it.each([
    ['q=', 'q', /1 to 1024/],
    ['q=%20', 'q', /not blank/],
    [`q=${'x'.repeat(1025)}`, 'q', /1 to 1024/],
    ['q=1&q=2', 'q', /more than once/],
    ['q=1&offset=5', 'offset', /cursor/],
    ['cursor=x&offset=5', 'offset', /cursor/],
    ['q=1&older_than_ms=5', 'older_than_ms', /from and to/],
    ['q=1&colour=red', 'colour', /there are: q, state, merchant/],
    ['q=1&limit=1001', 'limit', /between 1 and 1000/],
    ['from=yesterday', 'from', /RFC 3339/],
    ['to=2026-13-01T00:00:00Z', 'to', /RFC 3339/],
    ['from=2026-03-01', 'from', /RFC 3339/],
    ['q=1&state=broken', 'state.0', /one of accepted/],
    ['provider=', 'provider', /at least 1/],
    [`account=${'x'.repeat(2049)}`, 'account', /at most 2048/],
  ])('refuses %s', async (query, path, message) => {
    const { status, body } = await search(query);
    expect([status, body.error.code]).toEqual([400, 'query.invalid']);
    const fault = body.error.faults[0];
    expect([path.startsWith(fault.path), fault.message]).toEqual([true, expect.stringMatching(message)]);
  });

  it.each(['q=%00', 'q=%F0%9F%98%80', 'merchant=a%00b&q=1', 'q=%25', 'q=https%3A%2F%2F', 'q=t%3D%26s%3D'])(
    'finds nothing for %s',
    async (query) => {
      await create();
      expect(await search(query)).toMatchObject({ status: 200, body: { data: [], next_cursor: null } });
    },
  );

  it('is for administrators alone', async () => {
    const { status, body } = await harness.send('/admin/entries?q=1');
    expect([status, body.error.code]).toEqual([401, 'access.key.missing']);
  });

  it('tells nothing of the buyer, and what was searched for to no log and no metric', async () => {
    const { receipt_id: id } = await create();
    const secret = 'canary-of-a-search';
    await search(`q=${secret}`);
    await search(`q=${buyer}&from=nonsense`);
    await search(`q=${'x'.repeat(2000)}${secret}`);
    expect((await search(`q=${buyer}`)).body.data).toEqual([]);
    expect(JSON.stringify((await search(`q=${id}`)).body)).not.toContain(buyer);
    const { body: metrics } = await harness.send('/metrics');
    expect(metrics).toMatch(/^fiscalkit_search_lag_seconds [\d.]+$/m);
    expect(harness.logLines.join('') + metrics).not.toMatch(/canary/);
  });
});

import { sampleAccounts } from '@fiscalkit/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerFactories } from '../configuration/provider-factories.js';
import { type Harness, openHarness } from '../gateway.fixture.js';

let harness: Harness;
afterEach(() => harness.close());

const plain = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell_correction' as const,
  correction_info: { type: 'self', base_date: '2026-03-13' },
  vat_totals: [
    { vat_code: 'vat_22', turnover: '150.00' },
    { vat_code: 'none', turnover: 50 },
  ],
  settlements: [{ type: 'cashless', sum: 200 }],
};

const marked = {
  ...plain,
  receipt_format: 'ru_1_2',
  operation_type: 'sell_refund_correction' as const,
  correction_info: { type: 'instruction', base_date: '2026-03-13', base_number: '17-4/А' },
  vat_totals: undefined,
  positions: [
    {
      name: 'Tea',
      price: 100,
      quantity: 2,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
};

function environmentOf(version: 'v4' | 'v5') {
  const group = version === 'v4' ? 'v4-online-atol-ru_4179' : 'v5-online-atol-ru_5179';
  return (url: string) => ({
    FISCALKIT_PROVIDER: 'atol',
    FISCALKIT_ATOL_VERSION: version,
    FISCALKIT_ATOL_GROUP_CODE: group,
    FISCALKIT_ATOL_LOGIN: `${version}-online-atol-ru`,
    FISCALKIT_ATOL_PASSWORD: 'sandbox',
    FISCALKIT_ATOL_POLL_MS: '20',
    FISCALKIT_ATOL_URL: `${url}/possystem`,
  });
}

function post(document: unknown, { query = '', ...headers }: Record<string, string> = {}) {
  const body = typeof document === 'string' ? document : JSON.stringify(document);
  return harness.signed({ method: 'POST', path: `/v5/corrections${query}`, body, headers });
}

const registered = { query: '?wait=20000' };

describe.each([
  ['v4', plain, { vat_totals: [{ vat: 27.05 }, { vat: 0 }] }],
  ['v5', marked, { positions: [{ name: 'Tea', sum: 200 }] }],
] as const)('corrections through ATOL Online %s', (version, document, shown) => {
  beforeEach(async () => {
    harness = await openHarness(environmentOf(version));
  });

  it('are registered once, though an answer is lost, and read, listed and repeated', async () => {
    harness.sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault: { kind: 'drop-after' } });
    const { status, body } = await post(document, registered);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      status: 'registered',
      operation_type: document.operation_type,
      correction_info: document.correction_info,
      payment_id: '764239789',
      total: 200,
      fiscal_document_number: '1',
      link: expect.stringContaining('s=200.00'),
      error: null,
      ...shown,
    });
    const journal = harness.sandbox.journal().atol;
    expect(journal).toMatchObject([{ status: 'done', operation: document.operation_type, total: 200 }]);
    const { receipt_id } = body.data;
    const repeated = await post({ ...document, total: '200.00' }, { 'Idempotency-Key': 'first' });
    expect(repeated).toMatchObject({
      status: 409,
      body: { error: { code: 'receipt.twin', existing: { receipt_id } } },
    });
    const again = await post(document);
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      'fiscalkit-warnings': 'receipt.same-content',
    });
    expect(again.body.data.receipt_id).toBe(receipt_id);
    const read = await harness.signed({ path: `/v5/corrections/${receipt_id.toUpperCase()}?wait=10&utc=3` });
    expect(read.body.data).toMatchObject({ receipt_id, status: 'registered' });
    const list = await harness.signed({
      path: `/v5/corrections?operation_type=${document.operation_type}&payment_id=764239789&status=registered`,
    });
    expect(list.body.data).toEqual([{ ...read.body.data, created_at: expect.any(String) }]);
    expect((await harness.signed({ path: '/v5/corrections?operation_type=sell' })).body.error.code).toBe(
      'query.invalid',
    );
    const feed = await harness.signed({ path: '/v5/events' });
    const events = feed.body.data.map((event: { type: string; data: object }) => [event.type, event.data]);
    const about = expect.objectContaining({ receipt_id, operation: 'correction' });
    expect(events).toEqual([
      ['correction.accepted', about],
      ['correction.registered', about],
    ]);
    expect((await harness.signed({ path: '/v5/receipts' })).body.data).toEqual([]);
    expect((await harness.signed({ path: `/v5/receipts/${receipt_id}` })).status).toBe(404);
    expect(harness.sandbox.journal().atol).toHaveLength(1);
  });

  it('are in the report of their day', async () => {
    const { body } = await post(document, registered);
    const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})/.exec(body.data.registered_at) ?? [];
    const report = await harness.signed({ path: `/v5/reports/daily?date=${year}-${month}-${day}` });
    expect(report.body.data).toMatchObject({
      receipts: 1,
      rows: [{ provider: 'atol', operation_type: document.operation_type, receipts: 1, total: '200.00' }],
    });
  });

  it('with a failed register are rejected, and nothing is registered', async () => {
    const fault = { kind: 'fail', type: 'driver', code: 24 } as const;
    harness.sandbox.faults.add({ endpoint: 'atol.register', operationType: document.operation_type, fault });
    const { body } = await post(document, registered);
    expect(body.data).toMatchObject({ status: 'rejected', error: { provider_code: expect.any(String) } });
  });

  it('with another format than the group has are refused before anything is stored', async () => {
    const other = document === plain ? marked : plain;
    const { status, body } = await post(other);
    expect({ status, code: body.error.code }).toEqual({ status: 422, code: 'provider.unsupported' });
    expect(body.error.message).toMatch(/Configured providers that take corrections: atol/);
    expect(harness.sandbox.journal().requests['atol.register']).toBe(0);
    expect((await harness.signed({ path: '/v5/corrections' })).body.data).toEqual([]);
  });
});

describe('corrections that nobody takes, or that are none', () => {
  it('are refused where FreedomPay is all there is, with the name of a provider that takes them', async () => {
    harness = await openHarness();
    const { status, body } = await post(plain);
    expect({ status, code: body.error.code }).toEqual({ status: 422, code: 'provider.unsupported' });
    expect(body.error.message).toMatch(/Providers that take corrections: atol/);
    expect((await harness.signed({ path: '/v5/corrections' })).body.data).toEqual([]);
  });

  it.each([
    ['no ground', { correction_info: undefined }, 'field.missing', '$.correction_info'],
    ['a format of Uzbekistan', { receipt_format: 'uz_1_0' }, 'correction.country', '$.receipt_format'],
    ['another case', { operation_type: 'Sell_Correction' }, 'field.value', '$.operation_type'],
    ['an extra member', { colour: 'red' }, 'field.unknown', '$.colour'],
    ['a flag as a text', { correction_info: 'self' }, 'field.type', '$.correction_info'],
    ['another merchant', { merchant_id: 77 }, 'receipt.merchant.mismatch', '$.merchant_id'],
    [
      'a number of its own',
      { correction_info: { ...plain.correction_info, base_number: '1' } },
      'correction.base.number.unexpected',
      '$.correction_info.base_number',
    ],
    [
      'a base of the future',
      { correction_info: { ...plain.correction_info, base_date: '2126-01-01' } },
      'correction.base.future',
      '$.correction_info.base_date',
    ],
  ])('are told that they have %s, and not stored', async (_, changes, code, path) => {
    harness = await openHarness(environmentOf('v4'));
    const { status, body } = await post({ ...plain, ...changes });
    expect({ status, code: body.error.code }).toEqual({ status: 422, code: 'correction.invalid' });
    expect(body.error.faults).toEqual([expect.objectContaining({ code, path })]);
    expect((await harness.signed({ path: '/v5/corrections' })).body.data).toEqual([]);
  });

  it('get the answers of other routes to what is no JSON, no id and nobody’s', async () => {
    harness = await openHarness(environmentOf('v4'));
    const { merchant_id: _, ...withoutMerchant } = plain;
    expect((await post('{"a":1,"a":2}')).body.error.code).toBe('body.json.duplicate-key');
    for (const document of [[], null, 17, 'null', '[]', '"text"']) {
      expect((await post(document)).body.error).toMatchObject({ code: 'correction.invalid' });
    }
    expect((await post(withoutMerchant, registered)).body.data).toMatchObject({ merchant_id: '542088' });
    const read = (path: string) => harness.signed({ path: `/v5/corrections${path}` });
    expect((await read('/1')).body.error.code).toBe('correction.id.format');
    const unknown = await read('/adec9d48-be2a-4bf4-8ca1-3432fd8920c5');
    expect({ status: unknown.status, code: unknown.body.error.code }).toEqual({
      status: 404,
      code: 'correction.not-found',
    });
    expect((await harness.send('/v5/corrections')).body.error.code).toBe('signature.missing');
    expect((await harness.send('/v1/corrections')).status).toBe(404);
    expect((await post(plain, { 'Fiscalkit-Twin': 'meant' })).body.error.code).toBe(
      'idempotency.key.missing',
    );
  });

  it('name every provider that takes them, as the settings of each say', async () => {
    harness = await openHarness();
    const { body } = await post(plain);
    const takers = Object.entries(sampleAccounts).filter(([name, accounts]) =>
      accounts.some(({ settings }) => {
        const provider = providerFactories[name]?.create(settings('http://127.0.0.1:1'));
        void provider?.close();
        return provider?.capabilities.operations.includes('correction');
      }),
    );
    for (const [name] of takers) expect(body.error.message).toContain(name);
    expect(takers.length).toBeGreaterThan(0);
  });
});

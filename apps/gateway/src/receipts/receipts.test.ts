import { randomUUID } from 'node:crypto';
import { parseRussianLink } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness, type SignedCall } from '../gateway.fixture.js';
import { position, sale } from '../receipt.fixture.js';

let harness: Harness;

beforeEach(async () => {
  harness = await openHarness();
});
afterEach(() => harness.close());

const post = (document: unknown, idempotencyKey?: string, path = '/v5/receipts'): SignedCall => ({
  method: 'POST',
  path,
  body: JSON.stringify(document),
  ...(idempotencyKey !== undefined && { headers: { 'Idempotency-Key': idempotencyKey } }),
});

async function registered(document: unknown, key: string = randomUUID()) {
  const { body } = await harness.signed(post(document, key, '/v5/receipts?wait=5000'));
  expect(body.data.status).toBe('registered');
  return body.data;
}

describe('POST /v5/receipts', () => {
  it('answers with the printed receipt object, while the receipt is pending', async () => {
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'stay-pending' } });
    const { status, body, headers } = await harness.signed(post(sale()));
    expect(status).toBe(200);
    expect(headers['x-request-id']).toMatch(/\S/);
    expect(body).toEqual({
      data: {
        merchant_id: '542088',
        receipt_id: expect.stringMatching(/^[\da-f-]{36}$/),
        operation_type: 'sell',
        receipt_format: 'ru_1_05',
        status: 'pending',
        fiscal_document_number: '',
        fiscal_storage_number: null,
        fiscal_attribute: '',
        registered_at: null,
        created_at: expect.stringMatching(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/),
        fiscal_provider_id: null,
        positions: [
          { ...position({ price: 50, quantity: 2 }), measure: 'piece', sum: 100 },
          { ...position({ price: 100 }), measure: 'piece', sum: 100 },
        ],
        total: 200,
        settlements: [{ type: 'cashless', sum: 200 }],
        company: {
          inn: '5544332219',
          email: 'shop@example.com',
          tax_system: 'osn',
          payment_address: 'shop.ru',
        },
        receipt_method: 'separately',
        error: null,
        link: null,
        payment_id: '764239789',
      },
    });
  });

  it('answers with the fiscal mark when asked to wait', async () => {
    const receipt = await registered(sale());
    const link = parseRussianLink(receipt.link);
    expect(link.mark).toMatchObject({
      fiscal_document_number: receipt.fiscal_document_number,
      fiscal_storage_number: receipt.fiscal_storage_number,
      fiscal_attribute: receipt.fiscal_attribute,
    });
    expect(receipt.registered_at).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/);
    expect(receipt.fiscal_provider_id).toMatch(/^[\da-f-]{36}$/);
  });

  it('tells warnings in a header, since the body is the provider page’s', async () => {
    const { headers } = await harness.signed(
      post(sale({ positions: [position({ vat_code: 'vat_20', price: 200 })] })),
    );
    expect(headers['fiscalkit-warnings']).toBe('receipt.vat.out-of-dates');
  });

  it('tells of a refund of which it has no sale in the same header', async () => {
    const { status, headers } = await harness.signed(post(sale({ operation_type: 'sell_refund' })));
    expect(status).toBe(200);
    expect(headers['fiscalkit-warnings']).toBe('refund.without-sale');
  });

  it('makes one receipt of fifty requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => harness.signed(post(sale()))));
    expect(new Set(answers.map(({ body }) => body.data.receipt_id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] !== 'true')).toHaveLength(1);
    await harness.signed({ path: `/v5/receipts/${answers[0]?.body.data.receipt_id}?wait=5000` });
    expect(harness.sandbox.journal().receipts).toHaveLength(1);
  });

  it('knows a replay by its meaning, not its spelling', async () => {
    const first = await registered(sale(), 'order-1');
    const again = await harness.signed(
      post(sale({ payment_id: '764239789', settlements: [{ type: 'cashless', sum: '200.00' }] }), 'order-1'),
    );
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body.data).toEqual(first);
  });

  it('refuses a twin under another key, unless it is meant', async () => {
    const first = await registered(sale(), 'order-1');
    const twin = post(sale(), 'order-2', '/v5/receipts?wait=5000');
    const refused = await harness.signed(twin);
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'receipt.twin',
      retryable: false,
      existing: { receipt_id: first.receipt_id, status: 'registered' },
    });
    expect(harness.sandbox.journal().receipts).toHaveLength(1);

    const marked = (value: string) => ({ ...twin, headers: { ...twin.headers, 'Fiscalkit-Twin': value } });
    expect((await harness.signed(marked('yes'))).body.error.code).toBe('idempotency.twin');
    const second = await harness.signed(marked('meant'));
    expect(second.body.data).toMatchObject({ status: 'registered' });
    expect(harness.sandbox.journal().receipts).toHaveLength(2);
  });

  it('tells that an equal request without a key was taken for a repeat', async () => {
    const first = await registered(sale(), 'order-1');
    const { status, headers, body } = await harness.signed(post(sale()));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'idempotency-replayed': 'true',
      'fiscalkit-warnings': 'receipt.same-content',
    });
    expect(body.data.receipt_id).toBe(first.receipt_id);
  });

  it('takes the key that the signature covers, and no other beside it', async () => {
    const signed = (key: string | undefined, idempotencyKey: string) =>
      harness.signed({ ...post(sale(), key), claims: { idempotencyKey } });
    const first = (await signed(undefined, 'order-1')).body.data;
    const again = await signed('order-1', 'order-1');
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body.data.receipt_id).toBe(first.receipt_id);
    expect((await signed('order-2', 'order-1')).body.error.code).toBe('idempotency.key.mismatch');
  });

  it('refuses a key that other content holds', async () => {
    await registered(sale(), 'order-1');
    const { status, body } = await harness.signed(post(sale({ payment_id: 1 }), 'order-1'));
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'idempotency.conflict', retryable: false });
    expect(harness.sandbox.journal().receipts).toHaveLength(1);
  });

  it('says why a receipt was rejected', async () => {
    harness.sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'reject' } });
    const { body } = await harness.signed(post(sale(), 'order-1', '/v5/receipts?wait=5000'));
    expect(body.data).toMatchObject({ status: 'rejected', error: { code: expect.any(String) }, link: null });
  });

  it('serves /v1 too, since the page prints it', async () => {
    const { status, body } = await harness.signed(post(sale(), 'order-1', '/v1/receipts'));
    expect(status).toBe(200);
    expect(
      (await harness.signed({ path: `/v1/receipts/${body.data.receipt_id}` })).body.data.receipt_id,
    ).toBe(body.data.receipt_id);
  });
});

describe('a merchant', () => {
  it('may have another id and key with the provider than with us', async () => {
    const own = { merchantId: '700123', secretKey: 'own key' };
    const other = await openHarness({
      FISCALKIT_MERCHANT_ID: own.merchantId,
      FISCALKIT_MERCHANT_SECRET: own.secretKey,
      FISCALKIT_FREEDOMPAY_MERCHANT_ID: '542088',
      FISCALKIT_FREEDOMPAY_SECRET: 'secret_key',
    });
    const { body } = await other.signed({
      ...post(sale({ merchant_id: 700123 }), 'a', '/v5/receipts?wait=5000'),
      ...own,
    });
    expect(body.data).toMatchObject({ merchant_id: '700123', status: 'registered' });
    expect(other.sandbox.journal().receipts).toMatchObject([{ merchant_id: '542088' }]);
    await other.close();
  });

  it('may register in Uzbekistan although its company is Russian', async () => {
    const codes = { ikpu_code: '10999001001000000', package_code: '1520627' };
    const document = sale({
      receipt_format: 'uz_1_0',
      customer: undefined,
      positions: [{ name: 'Choy', price: 200, quantity: 1, vat_code: 'vat_12', ...codes }],
    });
    const receipt = await registered(document);
    expect(receipt.link).toMatch(/^https:\/\/ofd\.soliq\.uz\//);
    expect(receipt.company).toBeUndefined();
  });
});

describe('POST /v5/receipts/validate', () => {
  it('tells faults and warnings, and stores nothing', async () => {
    const document = sale({ customer: {}, positions: [position({ vat_code: 'vat_20', price: 200 })] });
    const { status, body } = await harness.signed(post(document, undefined, '/v5/receipts/validate'));
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      ok: false,
      faults: [{ code: 'receipt.customer.contact' }],
      warnings: [{ code: 'receipt.vat.out-of-dates' }],
    });
    expect((await harness.signed({})).body.data).toEqual([]);
  });
});

describe('GET /v5/receipts', () => {
  it('finds receipts by what they are, newest first', async () => {
    const first = await registered(sale({ payment_id: 1 }));
    const second = await registered(
      sale({
        payment_id: 2,
        operation_type: 'sell_refund',
        positions: [position({ name: 'Кофе', price: 200 })],
      }),
    );
    const day = new Date().toISOString().slice(0, 10);
    const list = async (query: string) => {
      const { body } = await harness.signed({ path: `/v5/receipts${query}` });
      return body.data.map(({ receipt_id }: { receipt_id: string }) => receipt_id);
    };
    expect(await list('')).toEqual([second.receipt_id, first.receipt_id]);
    expect(await list(`?created_at[gte]=${day}&created_at[lte]=${day}&utc=0`)).toHaveLength(2);
    expect(await list('?created_at[lte]=2023-03-31')).toEqual([]);
    expect(await list('?payment_id=1')).toEqual([first.receipt_id]);
    expect(await list('?operation_type=sell_refund')).toEqual([second.receipt_id]);
    expect(await list('?status=registered&offset=1&limit=2')).toEqual([first.receipt_id]);
    expect(await list('?status=pending')).toEqual([]);
    expect(await list('?total=200.00')).toHaveLength(2);
    expect(await list(`?name=${encodeURIComponent('Кофе')}`)).toEqual([second.receipt_id]);
  });

  it('prints created_at in the zone asked for', async () => {
    const { receipt_id, created_at } = await registered(sale());
    const [asked] = (await harness.signed({ path: '/v5/receipts?utc=3' })).body.data;
    const hourOf = (text: string) => Number(text.slice(11, 13));
    expect(asked.receipt_id).toBe(receipt_id);
    expect((hourOf(created_at) - hourOf(asked.created_at) + 24) % 24).toBe(2);
  });
});

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Harness,
  openHarness,
  type SignedCall,
  shop,
  signatureOf,
} from './gateway.fixture.js';
import { confirmation, position, sale, soliqLink } from './receipt.fixture.js';

let harness: Harness;

beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

/** Checks that nothing is stored, nothing is sent, and the process goes on. */
afterEach(async () => {
  expect((await harness.signed({})).body).toEqual({ data: [] });
  const { receipts, confirmations } = harness.sandbox.journal();
  expect(receipts).toEqual([]);
  expect(confirmations).toEqual([]);
  expect((await harness.send('/health/ready')).body).toMatchObject({ status: 'ok', waiting: { due: 0 } });
});

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body.error).toMatchObject({
    code,
    message: expect.stringMatching(/\S/),
    errors: expect.any(Object),
    faults: expect.any(Array),
    retryable: false,
    request_id: answer.headers['x-request-id'],
  });
  expect(answer.status).toBe(status);
}

const post = (body: unknown, changes: Omit<SignedCall, 'body'> = {}): SignedCall => ({
  method: 'POST',
  body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  ...changes,
});

/** Builds a token with a chosen header, signed as its `alg` says. */
function forge(header: Record<string, unknown>, body: string): string {
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const input = `${head}.${Buffer.from(body).toString('base64url')}`;
  const hash = header.alg === 'HS256' ? 'sha256' : 'sha512';
  const mac = header.alg === 'none' ? '' : createHmac(hash, shop.secretKey).update(input).digest('base64url');
  return `${head}..${mac}`;
}

const honest = { uri: '/v5/receipts', merchant_id: shop.id, method: 'POST', params: '' };

describe('a client that is still sending when it is refused', () => {
  it.each(['/v5/receipts', '/payment/anor_confirm'])(
    'sends on, reads the answer, and asks again on the same connection to %s',
    async (path) => {
      const { hostname, port } = new URL(harness.gateway.url);
      const socket = connect(Number(port), hostname);
      const heard: Buffer[] = [];
      socket.on('data', (chunk) => heard.push(chunk));
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
      socket.write(`${head}Content-Length: 4000000\r\n\r\n`);
      socket.write(Buffer.alloc(1_000_000, ' '));
      await expect.poll(() => Buffer.concat(heard).toString()).toContain('body.too-large');
      for (let part = 0; part < 3; part += 1) {
        const written = once(socket, 'drain');
        if (!socket.write(Buffer.alloc(1_000_000, ' '))) await written;
      }
      socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      await once(socket, 'close');
      expect(Buffer.concat(heard).toString()).toContain('HTTP/1.1 200 OK');
    },
  );
});

describe('an amount as a program prints its doubles', () => {
  it.each(['0.30000000000000004', '0.60000000000000009', '50.100000000000001'])(
    '%s is refused where it stands',
    async (literal) => {
      const body = JSON.stringify(
        sale({
          positions: [position({ price: 1111, sum: 2222 })],
          settlements: [{ type: 'cashless', sum: 3333 }],
        }),
      );
      const places = {
        1111: '$.positions[0].price',
        2222: '$.positions[0].sum',
        3333: '$.settlements[0].sum',
      };
      for (const [number, path] of Object.entries(places)) {
        const text = body.replace(number, literal);
        const fault = expect.objectContaining({ code: 'amount.precision', path });
        const created = await harness.signed({ method: 'POST', body: text });
        expect(created.status).toBe(422);
        expect(created.body.error).toMatchObject({
          code: 'receipt.invalid',
          faults: expect.arrayContaining([fault]),
        });
        const checked = await harness.signed({ method: 'POST', path: '/v5/receipts/validate', body: text });
        expect(checked.body.data.faults).toEqual(expect.arrayContaining([fault]));
      }
    },
  );
});

it('a plus sign that is a blank says so, and a written one is taken', async () => {
  const id = '0d45c210-86ac-4f66-838d-ef93e18a9d68';
  for (const path of ['/v5/receipts?utc=+5', `/v5/receipts/${id}?utc=+5`]) {
    const { status, body } = await harness.signed({ path });
    expect(status).toBe(400);
    expect(JSON.stringify(body.error)).toMatch(/5, -5 or %2B5.*plus sign/);
  }
  expect((await harness.signed({ path: '/v5/receipts?utc=%2B5' })).status).toBe(200);
  expect((await harness.signed({ path: `/v5/receipts/${id}?utc=%2B5` })).status).toBe(404);
});

describe('a signature over another request', () => {
  const path = `/v5/receipts/${'x'.repeat(150)}`;

  it.each([
    ['signature.path', { path, headers: { 'X-JWS-Signature': signatureOf({ path: `/fiscal${path}` }) } }],
    ['signature.method', { path, headers: { 'X-JWS-Signature': signatureOf({ path, method: 'POST' }) } }],
  ] as const)('with %s is told what arrived', async (code, call) => {
    const { status, body } = await harness.signed(call);
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code, seen: { method: 'GET', path } });
    expect(body.error.message).toContain(`GET ${path}`);
  });

  it('is told no more of a long path than its beginning', async () => {
    const long = `/v5/receipts/${'x'.repeat(250)}`;
    const { body } = await harness.signed({
      path: long,
      headers: { 'X-JWS-Signature': signatureOf({ path: '/' }) },
    });
    expect(body.error.seen.path).toHaveLength(200);
  });

  it('is told nothing when it does not hold at all', async () => {
    const wrong = signatureOf({ path: '/other', secretKey: 'another' });
    const { body } = await harness.signed({ path, headers: { 'X-JWS-Signature': wrong } });
    expect(body.error.code).toBe('signature.mismatch');
    expect(body.error).not.toHaveProperty('seen');
  });
});

describe('who is asking', () => {
  const body = JSON.stringify(sale());
  const json = { 'Content-Type': 'application/json' };

  it.each<[string, string, Record<string, string>]>([
    ['unsigned', 'signature.missing', {}],
    [
      'signed with another key',
      'signature.mismatch',
      { 'X-JWS-Signature': signatureOf(post(body, { secretKey: 'another' })) },
    ],
    [
      'signed by a merchant we do not have',
      'signature.merchant',
      { 'X-JWS-Signature': signatureOf(post(body, { merchantId: '542089' })) },
    ],
    [
      'signed over another body',
      'signature.mismatch',
      { 'X-JWS-Signature': signatureOf(post(sale({ payment_id: 1 }))) },
    ],
    [
      'signed for another method',
      'signature.method',
      { 'X-JWS-Signature': signatureOf({ ...post(body), method: 'GET' }) },
    ],
    [
      'signed for another path',
      'signature.path',
      { 'X-JWS-Signature': signatureOf(post(body, { path: '/v5/refunds' })) },
    ],
    ['with alg none', 'signature.algorithm', { 'X-JWS-Signature': forge({ ...honest, alg: 'none' }, body) }],
    [
      'with alg HS256',
      'signature.algorithm',
      { 'X-JWS-Signature': forge({ ...honest, alg: 'HS256' }, body) },
    ],
    ['with a signature that is none', 'signature.malformed', { 'X-JWS-Signature': 'a.b.c.d' }],
  ])('refuses a request %s', async (_, code, headers) => {
    expectProblem(
      await harness.send('/v5/receipts', { method: 'POST', headers: { ...json, ...headers }, body }),
      401,
      code,
    );
  });

  it("refuses another merchant's receipt", async () => {
    const answer = await harness.signed(post(sale({ merchant_id: 542089 })));
    expectProblem(answer, 422, 'receipt.invalid');
    expect(answer.body.error.faults).toMatchObject([
      { code: 'receipt.merchant.mismatch', path: '$.merchant_id' },
    ]);
  });
});

describe('a body that is no document', () => {
  const text = JSON.stringify(sale());

  it.each<[string, number, string, SignedCall]>([
    ['nothing', 400, 'body.missing', post('')],
    ['truncated JSON', 400, 'body.json.invalid', post(text.slice(0, -9))],
    ['over 1 MiB', 413, 'body.too-large', post(text.padEnd(1_048_577))],
    ['deeply nested', 400, 'body.json.depth', post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['a key twice', 400, 'body.json.duplicate-key', post(text.replace('{', '{"payment_id":1,'))],
    ['not UTF-8', 400, 'body.encoding', post(Buffer.from(text.replace('Чай', '\xff'), 'latin1'))],
    [
      'another content type',
      415,
      'body.content-type',
      post(text, { headers: { 'Content-Type': 'text/plain' } }),
    ],
    [
      'another charset',
      415,
      'body.content-type',
      post(text, { headers: { 'Content-Type': 'application/json; charset=windows-1251' } }),
    ],
    [
      'a sum in place of a number',
      400,
      'body.json.invalid',
      post(text.replace('"sum":200', '"sum":0.1+0.2')),
    ],
    ['a number beyond all numbers', 400, 'body.json.number', post(text.replace('"sum":200', '"sum":1e400'))],
    [
      'more digits than a number holds',
      400,
      'body.json.number',
      post(text.replace('"sum":200', '"sum":200.0000000000000001')),
    ],
  ])('refuses %s', async (_, status, code, call) => {
    expectProblem(await harness.signed(call), status, code);
  });
});

describe('a document that breaks a rule', () => {
  const settled = (sum: unknown) => sale({ settlements: [{ type: 'cashless', sum }] });

  it.each<[string, string, string, unknown]>([
    ['an unknown field', 'field.unknown', '$.colour', sale({ colour: 'red' })],
    [
      'an unknown field of a position',
      'field.unknown',
      '$.positions[0].colour',
      sale({ positions: [position({ colour: 'red' })] }),
    ],
    ['a missing field', 'field.missing', '$.payment_id', sale({ payment_id: undefined })],
    ['a float that was computed', 'amount.precision', '$.settlements[0].sum', settled(0.1 + 0.2)],
    ['a sum as text', 'amount.format', '$.settlements[0].sum', settled('0.1+0.2')],
    ['a power of ten as text', 'amount.format', '$.settlements[0].sum', settled('1e400')],
    ['a decimal comma', 'amount.format', '$.settlements[0].sum', settled('50,00')],
    ['a negative amount', 'amount.negative', '$.settlements[0].sum', settled(-200)],
    ['three decimals', 'amount.precision', '$.settlements[0].sum', settled('200.001')],
    ['no positions', 'receipt.positions.count', '$.positions', sale({ positions: [] })],
    [
      '101 positions',
      'receipt.positions.count',
      '$.positions',
      sale({
        positions: Array.from({ length: 101 }, () => position({ price: 1 })),
        settlements: [{ type: 'cashless', sum: 101 }],
      }),
    ],
    ['a settlement that is a kopeck off', 'receipt.settlements.mismatch', '$.settlements', settled(199.99)],
    ['a total that is a kopeck off', 'receipt.total.mismatch', '$.total', sale({ total: 200.01 })],
    ['no contact', 'receipt.customer.contact', '$.customer', sale({ customer: {} })],
    [
      'a VAT rate of the other country',
      'receipt.vat.country',
      '$.positions[0].vat_code',
      sale({ positions: [position({ vat_code: 'vat_12', price: 200 })] }),
    ],
  ])('refuses %s', async (_, code, path, document) => {
    const answer = await harness.signed(post(document));
    expectProblem(answer, 422, 'receipt.invalid');
    expect(answer.body.error.faults).toContainEqual({ code, path, message: expect.any(String) });
    expect(Object.keys(answer.body.error.errors)).toContain(path);
  });

  it('tells all faults at once', async () => {
    const { body } = await harness.signed(
      post(sale({ customer: {}, colour: 'red', total: 1, positions: [] })),
    );
    const codes = body.error.faults.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['receipt.customer.contact', 'field.unknown', 'receipt.positions.count']),
    );
  });
});

describe('a question that makes no sense', () => {
  it.each<[string, string, string]>([
    [
      'a date range the wrong way round',
      '?created_at[gte]=2023-03-31&created_at[lte]=2023-03-01',
      'query.created-at.order',
    ],
    ['a date that does not exist', '?created_at[gte]=2023-02-30', 'query.created-at.date'],
    ['limit 0', '?limit=0', 'query.limit.range'],
    ['limit 10,000', '?limit=10000', 'query.limit.range'],
    ['a filter that does not exist', '?colour=red', 'field.unknown'],
  ])('refuses %s', async (_, query, code) => {
    const answer = await harness.signed({ path: `/v5/receipts${query}` });
    expectProblem(answer, 400, 'query.invalid');
    expect(answer.body.error.faults).toContainEqual(expect.objectContaining({ code }));
  });

  it.each([
    ['/v5/receipts/42', 400, 'receipt.id.format'],
    ['/v5/receipts/00000000-0000-4000-8000-000000000000', 404, 'receipt.not-found'],
    ['/v5/receipts/00000000-0000-4000-8000-000000000000?wait=soon', 400, 'query.wait'],
    ['/v5/refunds', 404, 'route.not-found'],
  ])('refuses %s', async (path, status, code) => {
    expectProblem(await harness.signed({ path }), status, code);
  });

  it('refuses a malformed idempotency key', async () => {
    expectProblem(
      await harness.signed(post(sale(), { headers: { 'Idempotency-Key': 'k'.repeat(256) } })),
      400,
      'idempotency.key.format',
    );
  });
});

describe('a confirmation that can not be', () => {
  const expectFailure = (answer: Answer, number: number, code: string) => {
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      data: null,
      is_success: false,
      error: {
        code: number,
        message: expect.stringMatching(/\S/),
        data: { request_id: answer.headers['x-request-id'] },
      },
    });
    const { data } = answer.body.error;
    expect([data.code, ...data.faults.map((fault: { code: string }) => fault.code)]).toContain(code);
  };

  it.each<[string, string, unknown]>([
    ['a link from another host', 'link.host', confirmation({ qr_code: soliqLink.replace('soliq', 'salyk') })],
    ['a link without s', 'link.parameter', confirmation({ qr_code: soliqLink.replace(/&s=.*/, '') })],
    [
      'a link with an impossible date',
      'link.date',
      confirmation({ qr_code: soliqLink.replace('20230104', '20230230') }),
    ],
    ['a link over plain http', 'link.scheme', confirmation({ qr_code: soliqLink.replace('https', 'http') })],
    ['no transaction', 'field.missing', { qr_code: soliqLink }],
    ["another wallet's key", 'field.unknown', { ...confirmation(), payment_id: '1' }],
  ])('refuses %s', async (_, code, document) => {
    expectFailure(await harness.confirm(document), 7, code);
  });

  it.each<[string, number, string, string]>([
    ['truncated JSON', 9400, 'body.json.invalid', '{"transaction_id":'],
    ['over 1 MiB', 9413, 'body.too-large', ' '.repeat(1_048_577)],
    ['a key twice', 9400, 'body.json.duplicate-key', '{"qr_code":"a","qr_code":"b"}'],
  ])('refuses %s in its own envelope', async (_, number, code, body) => {
    expectFailure(await harness.confirm(body), number, code);
  });

  it.each<[string, string, Record<string, string>]>([
    ['without a key', 'access.key.missing', {}],
    ['with a key that nobody has', 'access.key.invalid', { Authorization: 'Bearer nobody' }],
    ['with another scheme', 'access.key.invalid', { Authorization: `Basic ${shop.apiKey}` }],
  ])('refuses a request %s', async (_, code, headers) => {
    const answer = await harness.send('/payment/anor_confirm', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(confirmation()),
    });
    expectFailure(answer, 9401, code);
  });
});

describe('a path that can not be read', () => {
  it.each([
    ['/v5/receipts/%ff', 400, 'request.malformed'],
    ['/v5/receipts/%', 400, 'request.malformed'],
    [`/v5/receipts/${'a'.repeat(300)}`, 414, 'request.path-too-long'],
  ])('refuses %s in the envelope', async (path, status, code) => {
    expectProblem(await harness.send(path), status, code);
  });

  it('refuses it in the envelope of confirmations too', async () => {
    const { status, body } = await harness.send('/payment/%ff', { method: 'POST' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: null, is_success: false, error: { code: 9400 } });
  });

  it.each([
    ['/payment/', 'GET'],
    ['/payment/nobody_confirm', 'POST'],
    ['/payment/anor_confirm/', 'POST'],
    ['/payment/anor_confirm?wait=1', 'GET'],
    ['/%70ayment/nobody_confirm', 'POST'],
    ['//payment/anor_confirm', 'POST'],
    ['/Payment/anor_confirm', 'POST'],
  ] as const)(
    'answers %s in the envelope of confirmations, though no route takes %s',
    async (path, method) => {
      const { status, body } = await harness.send(path, { method });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        is_success: false,
        error: { code: 9404, data: { code: 'route.not-found' } },
      });
      expectProblem(
        await harness.send(path.replace('ayment/', 'ayment'), { method }),
        404,
        'route.not-found',
      );
    },
  );

  it('answers in the envelope of the route, however its path is spelt', async () => {
    const { status, body } = await harness.send('/%70ayment/anor_confirm', { method: 'POST' });
    expect(status).toBe(200);
    expect(body.error).toMatchObject({ code: 9401, data: { code: 'access.key.missing' } });
  });

  it('refuses two idempotency keys', async () => {
    const call = post(sale());
    const { body } = await request(`${harness.gateway.url}/v5/receipts`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-JWS-Signature': signatureOf(call),
        'Idempotency-Key': ['a', 'b'],
      },
      body: String(call.body),
    });
    expect(((await body.json()) as Answer['body']).error.code).toBe('idempotency.key.format');
  });
});

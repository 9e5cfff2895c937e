import { parseRussianLink, parseSoliqLink } from '@fiscalkit/schemas';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { russianReceipt, Shop, uzbekReceipt } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';

const start = Date.parse('2023-04-10T10:34:12Z');
let time = start;
let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  time = start;
  sandbox = await startSandbox({ clock: () => new Date(time), registrationDelayMs: 300 });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

test('a new receipt is pending and has no fiscal data', async () => {
  const reply = await shop.create(russianReceipt);
  expect(reply.status).toBe(200);
  expect(reply.receipt()).toMatchObject({
    merchant_id: '542088',
    status: 'pending',
    fiscal_document_number: '',
    fiscal_storage_number: null,
    fiscal_attribute: '',
    registered_at: null,
    created_at: '10.04.2023 15:34:12',
    fiscal_provider_id: null,
    total: 200,
    company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
    receipt_method: 'separately',
    error: null,
    link: null,
    payment_id: '764239789',
  });
});

test('the buyer is neither in answers nor in the journal', async () => {
  const reply = await shop.create(russianReceipt);
  expect(reply.text).not.toContain('buyer@example.com');
  expect(JSON.stringify(sandbox.journal())).not.toContain('buyer@example.com');
});

test('a receipt is pending until the delay is over and registered from then on', async () => {
  const { receipt_id: id } = (await shop.create(russianReceipt)).receipt();
  time = start + 299;
  expect((await shop.sign({ target: `/v5/receipts/${id}` })).receipt().status).toBe('pending');
  time = start + 300;
  expect((await shop.sign({ target: `/v5/receipts/${id}` })).receipt().status).toBe('registered');
});

test('a Russian link states the mark and the total of the answer', async () => {
  const refund = { ...russianReceipt, operation_type: 'sell_refund' };
  const { receipt_id: id } = (await shop.create(refund)).receipt();
  time = start + 300;
  const data = (await shop.sign({ target: `/v5/receipts/${id}` })).receipt();
  expect(data).toMatchObject({
    fiscal_storage_number: '9999078900006286',
    registered_at: '10.04.2023 13:34:12',
  });
  expect(data.fiscal_provider_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(Number(data.fiscal_attribute)).toBeLessThan(2 ** 32);
  const link = new URL(data.link ?? '');
  expect(link.host).toBe('consumer.1-ofd-test.ru');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    fn: data.fiscal_storage_number,
    fp: data.fiscal_attribute,
    i: data.fiscal_document_number,
    t: '20230410T133412',
    s: '200.00',
    n: '2',
  });
  expect(parseRussianLink(data.link ?? '').mark).toEqual(sandbox.journal().receipts[0]?.mark);
});

test('an Uzbek receipt gets a Soliq link made of its mark', async () => {
  const { receipt_id: id } = (await shop.create(uzbekReceipt)).receipt();
  time = start + 300;
  const data = (await shop.sign({ target: `/v5/receipts/${id}` })).receipt();
  expect(data.registered_at).toBe('10.04.2023 15:34:12');
  expect(data.link).toMatch(
    /^https:\/\/ofd\.soliq\.uz\/epi\?t=EZ000000000001&r=1&c=20230410153412&s=\d{12}$/,
  );
  expect(parseSoliqLink(data.link ?? '').mark).toEqual(sandbox.journal().receipts[0]?.mark);
});

test('document numbers rise in each register', async () => {
  for (const document of [russianReceipt, russianReceipt, uzbekReceipt, russianReceipt])
    await shop.create(document);
  time = start + 300;
  const marks = sandbox.journal().receipts.map(({ mark }) => mark);
  expect(marks).toMatchObject([
    { fiscal_document_number: '1' },
    { fiscal_document_number: '2' },
    { receipt_number: '1' },
    { fiscal_document_number: '3' },
  ]);
});

test('two equal requests make two receipts', async () => {
  const replies = await Promise.all([shop.create(russianReceipt), shop.create(russianReceipt)]);
  expect(new Set(replies.map((reply) => reply.receipt().receipt_id)).size).toBe(2);
  expect(sandbox.journal({ paymentId: '764239789' }).receipts).toHaveLength(2);
});

test('without a delay the first answer is registered', async () => {
  await using prompt = await startSandbox({ registrationDelayMs: 0 });
  await using caller = new Shop(prompt.url);
  expect((await caller.create(russianReceipt)).receipt().status).toBe('registered');
});

test('both documented versions of the path work', async () => {
  const created = await shop.sign({ target: '/v1/receipts', document: russianReceipt });
  const { receipt_id: id } = created.receipt();
  expect((await shop.sign({ target: `/v1/receipts/${id}` })).status).toBe(200);
  expect((await shop.sign({ target: '/v1/receipts' })).receipts()).toHaveLength(1);
});

test('a request without a valid signature is refused and nothing is registered', async () => {
  const sending = { target: '/v5/receipts', document: russianReceipt };
  const signature = shop.signature(sending);
  const otherKey = { id: '542088', secretKey: 'another', company: { inn: '5544332219' } };
  const stranger = { id: '1', secretKey: 'secret_key', company: { inn: '5544332219' } };
  await using forger = new Shop(sandbox.url, otherKey);
  await using unknown = new Shop(sandbox.url, stranger);
  const replies = [
    await shop.send(sending),
    await forger.sign(sending),
    await unknown.sign(sending),
    await shop.send({ ...sending, target: '/v1/receipts', headers: { 'x-jws-signature': signature } }),
    await shop.send({ ...sending, method: 'GET', headers: { 'x-jws-signature': signature } }),
    await shop.send({ ...sending, headers: { 'x-jws-signature': 'nonsense' } }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
  expect(replies.map((reply) => reply.error().code)).toEqual([
    'signature.missing',
    'signature.mismatch',
    'signature.merchant',
    'signature.path',
    expect.stringMatching(/^signature\./),
    'signature.malformed',
  ]);
  expect(sandbox.journal().receipts).toEqual([]);
});

test('a wrong receipt is refused with every fault by its path', async () => {
  const reply = await shop.create({
    ...russianReceipt,
    settlements: [{ type: 'cashless', sum: 199.99 }],
    surprise: true,
  });
  expect(reply.status).toBe(400);
  expect(Object.keys(reply.error().errors)).toEqual(expect.arrayContaining(['$.settlements', '$.surprise']));
  expect(sandbox.journal().receipts).toEqual([]);
});

test('a merchant sees only receipts of its own', async () => {
  const other = { id: '7', secretKey: 'other', company: { inn: '5544332219' } };
  await using both = await startSandbox({
    merchants: [other, { ...other, id: '542088', secretKey: 'secret_key' }],
  });
  await using owner = new Shop(both.url);
  await using stranger = new Shop(both.url, other);
  const { receipt_id: id } = (await owner.create(russianReceipt)).receipt();
  expect((await stranger.sign({ target: `/v5/receipts/${id}` })).status).toBe(404);
  expect((await stranger.sign({ target: '/v5/receipts' })).receipts()).toEqual([]);
  expect((await owner.sign({ target: '/v5/receipts' })).receipts()).toHaveLength(1);
});

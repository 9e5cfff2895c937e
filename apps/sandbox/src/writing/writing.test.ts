import { expect, test } from 'vitest';
import { russianReceipt, Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import type { WritingWay } from './writing-way.js';

const [position] = russianReceipt.positions;
const named = (name: string, changes: object = {}) => ({
  ...russianReceipt,
  positions: [{ ...position, name }],
  settlements: [{ type: 'cashless', sum: 100 }],
  ...changes,
});

/** Registers a receipt; returns it as the create answer, the get answer and the list show it. */
async function shown(sandbox: Sandbox, document: object): Promise<[string, string, string]> {
  await using shop = new Shop(sandbox.url);
  const created = await shop.create(document);
  const id = sandbox.journal().receipts.at(-1)?.receipt_id;
  const fetched = await shop.sign({ target: `/v5/receipts/${id}` });
  const listed = await shop.sign({ target: '/v5/receipts' });
  const [, first = ''] = /^\{"data":\[(.*)\]\}$/.exec(listed.text) ?? [];
  return [created.text, fetched.text, `{"data":${first}}`];
}

async function shownBy(writing: readonly WritingWay[], document: object): Promise<string> {
  await using sandbox = await startSandbox({ writing, registrationDelayMs: 0 });
  const [created, fetched, listed] = await shown(sandbox, document);
  expect(fetched).toBe(created);
  expect(listed).toBe(created);
  return created;
}

test.each<[WritingWay[], string, string]>([
  [['cp866'], 'Торт «Прага» — 1 кг 🍰', 'Торт ?Прага? ? 1 кг ?'],
  [['cp866-blank'], 'Торт «Прага» — 1', 'Торт  Прага    1'],
  [['cp866-drop'], 'Оʻzbek «Чай» № 1', 'Оzbek Чай № 1'],
  [['yo'], 'Мёд Ёлка', 'Мед Елка'],
  [['upper'], 'Чай чёрный', 'ЧАЙ ЧЁРНЫЙ'],
  [['lower'], 'Чай Чёрный', 'чай чёрный'],
  [['html'], `<Tea> & "it's"`, '&lt;Tea&gt; &amp; &quot;it&#39;s&quot;'],
  [['cut'], 'Кофе в зёрнах, очень крупных, 250 граммов', 'Кофе в зёрнах, очень крупных, 25'],
  [['cut:4'], '🍰🍰🍰🍰🍰', '🍰🍰🍰🍰'],
  [['html', 'cut:6', 'upper'], '"Чай"', '&QUOT;'],
])('%j shows the name %s as %s', async (writing, name, expected) => {
  const receipt = JSON.parse(await shownBy(writing, named(name))).data;
  expect(receipt.positions[0].name).toBe(expected);
});

test.each<[WritingWay, object, RegExp]>([
  ['number-ids', { payment_id: '00123' }, /"merchant_id":542088,.*"payment_id":123\D/],
  ['number-ids', { payment_id: '90071992547409931' }, /"payment_id":90071992547409931\D/],
  ['number-ids', { payment_id: 'order-7' }, /"payment_id":"order-7"/],
  ['text-numbers', {}, /"quantity":"2","price":"50","sum":"100".*"total":"200".*"sum":"200"/],
  ['long-quantities', {}, /"quantity":"2.000","price":50,/],
  [
    'upper-words',
    {},
    /"operation_type":"SELL".*"status":"REGISTERED".*"vat_code":"VAT_20".*"type":"CASHLESS"/,
  ],
  ['minor-total', {}, /"total":20000\D/],
  ['reversed', {}, /Товар №2.*Товар №1/],
])('%s shows %j as %s', async (way, changes, expected) => {
  expect(await shownBy([way], { ...russianReceipt, ...changes })).toMatch(expected);
});

test('fields are left out', async () => {
  const text = await shownBy(['without:created_at', 'without:price'], russianReceipt);
  expect(text).not.toMatch(/"created_at"|"price"/);
  expect(text).toMatch(/"registered_at".*"sum":100/);
});

test('a rule fixes the way when the receipt is registered, also after the rule is gone', async () => {
  await using sandbox = await startSandbox({ registrationDelayMs: 0 });
  sandbox.faults.add({
    endpoint: 'receipts.create',
    on: { call: 2 },
    fault: { kind: 'write', as: ['upper', 'number-ids'] },
  });
  await using shop = new Shop(sandbox.url);
  await shop.create(named('Чай', { payment_id: '007' }));
  await shop.create(named('Чай', { payment_id: '007' }));
  sandbox.faults.clear();
  const { data } = JSON.parse((await shop.sign({ target: '/v5/receipts?payment_id=007' })).text);
  expect(data).toMatchObject([
    { payment_id: 7, positions: [{ name: 'ЧАЙ' }] },
    { payment_id: '007', positions: [{ name: 'Чай' }] },
  ]);
});

test('the journal contains receipts as received, and the ways in which they are shown', async () => {
  await using sandbox = await startSandbox({ writing: ['cp866', 'number-ids', 'no-filter'] });
  await shown(sandbox, named('«Чай»', { payment_id: '007' }));
  expect(sandbox.journal({ paymentId: '007' }).receipts).toMatchObject([
    { payment_id: '007', positions: [{ name: '«Чай»' }], writing: ['cp866', 'number-ids'] },
  ]);
});

test('a list may filter by its own spelling', async () => {
  expect(await foundBy(['number-ids', 'own-id-filter'], 'payment_id=00123')).toEqual([]);
  expect(await foundBy(['number-ids', 'own-id-filter'], 'payment_id=123')).toEqual(['a']);
  expect(await foundBy(['number-ids'], 'payment_id=00123')).toEqual(['a']);
});

test('a list may ignore its filters except for days, and return short pages', async () => {
  expect(await foundBy(['no-filter'], 'payment_id=other&name=x')).toEqual(['b', 'a']);
  expect(await foundBy(['no-filter'], 'created_at[lte]=2020-01-01')).toEqual([]);
  expect(await foundBy(['page:1'], 'limit=100')).toEqual(['b']);
  expect(await foundBy(['page:1'], 'limit=100&offset=1')).toEqual(['a']);
});

test('a list may do so for one call only', async () => {
  await using sandbox = await startSandbox({
    faults: [{ endpoint: 'receipts.list', on: { call: 1 }, fault: { kind: 'write', as: ['no-filter'] } }],
  });
  await using shop = new Shop(sandbox.url);
  await shop.create(russianReceipt);
  const list = async () => (await shop.sign({ target: '/v5/receipts?payment_id=other' })).receipts().length;
  expect([await list(), await list()]).toEqual([1, 0]);
});

test('a receipt may be listed later than it exists', async () => {
  let time = Date.parse('2026-11-22T09:00:00Z');
  await using sandbox = await startSandbox({ writing: ['late:5000'], clock: () => new Date(time) });
  await using shop = new Shop(sandbox.url);
  const { receipt_id: id } = (await shop.create(russianReceipt)).receipt();
  const listed = async () => (await shop.sign({ target: '/v5/receipts' })).receipts().length;
  expect((await shop.sign({ target: `/v5/receipts/${id}` })).status).toBe(200);
  time += 4_999;
  expect(await listed()).toBe(0);
  time += 1;
  expect(await listed()).toBe(1);
});

test('a repeat may be refused, unless the first was rejected or differs', async () => {
  await using sandbox = await startSandbox({ writing: ['refuse-repeats'], registrationDelayMs: 0 });
  await using shop = new Shop(sandbox.url);
  sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
  const statuses: number[] = [];
  for (const document of [russianReceipt, russianReceipt, russianReceipt, named('Чай')]) {
    statuses.push((await shop.create(document)).status);
  }
  expect(statuses).toEqual([200, 200, 422, 200]);
  expect((await shop.create(russianReceipt)).error()).toEqual({
    code: 'receipt.exists',
    message: 'a receipt of this payment exists',
  });
  expect(sandbox.journal().receipts).toHaveLength(3);
});

test.each(['koi8', 'cut:0', 'cut:129', 'page:0', 'late', 'late:soon', 'without:everything', 'yo:3', 7])(
  'the way of writing %j is refused with the choices',
  async (way) => {
    const writing = [way] as never;
    await expect(startSandbox({ writing })).rejects.toMatchObject({
      code: 'sandbox.writing.invalid',
      message: expect.stringContaining('cut:N (1 to 128)'),
      faults: [{ path: '$[0]' }],
    });
  },
);

test('a rule with an unknown way of writing is refused with the choices', async () => {
  await using sandbox = await startSandbox();
  const as = ['koi8'] as never;
  expect(() => sandbox.faults.add({ endpoint: '*', fault: { kind: 'write', as } })).toThrow(/number-ids/);
});

/** Returns the names found by a list of a receipt of payment 00123 and a newer one. */
async function foundBy(writing: readonly WritingWay[], query: string): Promise<string[]> {
  await using sandbox = await startSandbox({ writing });
  await using shop = new Shop(sandbox.url);
  await shop.create(named('a', { payment_id: '00123' }));
  await shop.create(named('b', { payment_id: '124' }));
  const reply = await shop.sign({ target: `/v5/receipts?${query}` });
  expect(reply.status).toBe(200);
  return reply.receipts().map(({ positions: [first] }) => first?.name ?? '');
}

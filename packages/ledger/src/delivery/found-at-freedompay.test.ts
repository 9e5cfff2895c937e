import { setTimeout } from 'node:timers/promises';
import type { Provider } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { isFiscalError, type ReceiptInput } from '@fiscalkit/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../create-ledger.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { sampleReceipt } from '../services/sample-receipt.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { hastyPolicy } from './delivery-harness.fixture.js';
import { FreedompayRegister, type RegisterBehaviour, wireTime } from './freedompay-register.fixture.js';

const merchant = '542088';
/** Long enough for several searches after the settle time. */
const searchesMs = 700;
const settlesWithinMs = 60;

let register: FreedompayRegister;
let provider: Provider;
let store: LedgerStore;
let ledger: Ledger;

beforeEach(async () => {
  register = new FreedompayRegister();
  const baseUrl = await register.open();
  provider = createFreedompay({ merchantId: merchant, secretKey: 'secret', baseUrl, settlesWithinMs });
  store = createSqliteStore({ path: ':memory:' });
  const company = {
    inn: '5544332219',
    email: 'shop@example.com',
    tax_system: 'osn',
    payment_address: 'shop.ru',
  } as const;
  ledger = createLedger({
    store,
    merchants: [{ id: merchant, company, providers: [provider] }],
    delivery: { policy: hastyPolicy, defaults: { pollMs: 5, startWithinMs: 20 } },
  });
  await ledger.start();
});

afterEach(async () => {
  await ledger.stop({ graceMs: 100 });
  await store.close();
  await provider.close();
  await register.close();
});

/**
 * Hands a receipt in, and tells what has become of it: when it is final, waits for another, or after some
 * looks at a doubtful one.
 */
async function deliver(receipt: ReceiptInput, idempotencyKey?: string): Promise<Entry> {
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  const { receipt: created } = await ledger.receipts.create({ merchant, receipt, ...key });
  const isOver = ({ state, dueAt, reason }: Entry) =>
    isFinal(state) || (state === 'accepted' && dueAt === null) || reason?.code === 'provider.doubtful';
  await expect.poll(async () => isOver(await entryOf(created.receipt_id)), { timeout: 20_000 }).toBe(true);
  const entry = await entryOf(created.receipt_id);
  if (isFinal(entry.state) || entry.state === 'accepted') return entry;
  await setTimeout(searchesMs);
  return entryOf(created.receipt_id);
}

async function entryOf(id: string): Promise<Entry> {
  const entry = await store.entry(id);
  if (!entry) throw new Error('The entry is not there.');
  return entry;
}

/** Does what a person does who meets a worker: tries again in a moment. */
async function byHand<Done>(intervene: () => Promise<Done>): Promise<Done> {
  for (;;) {
    try {
      return await intervene();
    } catch (error) {
      if (!isFiscalError(error) || error.code !== 'entry.busy') throw error;
      await setTimeout(1);
    }
  }
}

const base = sampleReceipt().positions[0];
if (!base) throw new Error('The sample has no position.');
const tea = { ...base, name: 'Чай "Ёлка" & мёд — «Прага»', price: 50, quantity: 2 };
const coffee = { ...base, name: 'Кофе 250 г', price: 100, quantity: 1 };
const receiptOf = (changes: Partial<ReturnType<typeof sampleReceipt>> = {}) =>
  sampleReceipt({ positions: [tea, coffee], ...changes });

type Shown = Record<string, unknown>;
type Show = NonNullable<RegisterBehaviour['show']>;

const positionsOf = ({ positions }: Readonly<Shown>) => positions as Shown[];
const eachPosition =
  (change: (position: Shown) => Shown): Show =>
  (receipt) => ({
    ...receipt,
    positions: positionsOf(receipt).map((each) => ({ ...each, ...change(each) })),
  });
const eachName = (rewrite: (name: string) => string) =>
  eachPosition(({ name }) => ({ name: rewrite(String(name)) }));
const inCp866 = /[\x20-\x7eА-Яа-яЁё№]/;
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  К: 'K',
  М: 'M',
  Т: 'T',
};
const escapeHtml = (name: string) =>
  name
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('«', '&laquo;')
    .replaceAll('»', '&raquo;');

/** What makes no other document of a receipt: it is recognised. */
const rewritings: Readonly<Record<string, Show>> = {
  'as it was sent': (receipt) => receipt,
  'with "?" for what CP866 lacks': eachName((name) =>
    name.replaceAll(/./gu, (sign) => (inCp866.test(sign) ? sign : '?')),
  ),
  'with blanks for what CP866 lacks': eachName((name) =>
    name.replaceAll(/./gu, (sign) => (inCp866.test(sign) ? sign : ' ')),
  ),
  'with HTML entities': eachName(escapeHtml),
  'with HTML entities of HTML entities': eachName((name) => escapeHtml(escapeHtml(name))),
  'with е for ё': eachName((name) => name.replaceAll('ё', 'е').replaceAll('Ё', 'Е')),
  'in capitals': eachName((name) => name.toUpperCase()),
  'with names cut to 10 characters': eachName((name) => name.slice(0, 10)),
  'with names cut to 9 characters and dots': eachName((name) => `${name.slice(0, 9)}…`),
  'in another order': (receipt) => ({ ...receipt, positions: positionsOf(receipt).toReversed() }),
  'with letters that look alike': eachName((name) =>
    Array.from(name, (sign) => lookalikes[sign] ?? sign).join(''),
  ),
  'with numbers as text': eachPosition(({ price, quantity }) => ({
    price: Number(price).toFixed(2),
    quantity: Number(quantity).toFixed(3),
  })),
  'with decimal commas': (receipt) => ({
    ...eachPosition(({ price, quantity }) => ({
      price: Number(price).toFixed(2).replace('.', ','),
      quantity: Number(quantity).toFixed(3).replace('.', ','),
    }))(receipt),
    total: '200,00',
  }),
  'without a time': (receipt) => ({ ...receipt, created_at: null }),
  'with blanks in its ids': (receipt) => ({
    ...receipt,
    payment_id: ` ${receipt.payment_id} `,
    receipt_id: ` ${receipt.receipt_id} `,
  }),
  'with the payment as a number with an exponent': (receipt) => ({ ...receipt, payment_id: '7.64239789e8' }),
  'with the payment filled up': (receipt) => ({
    ...receipt,
    payment_id: String(receipt.payment_id).padStart(12, '0'),
  }),
  'with words in capitals': (receipt) => ({
    ...eachPosition(({ vat_code }) => ({ vat_code: String(vat_code).toUpperCase() }))(receipt),
    operation_type: 'SELL',
  }),
  'with fewer members': (receipt) => ({
    ...eachPosition(() => ({ payment_object: undefined }))(receipt),
    company: undefined,
    customer: undefined,
    settlements: undefined,
  }),
};

/** What could make another document of a receipt: a person looks. */
const contradictions: Readonly<Record<string, Show>> = {
  'with a total in minor units': (receipt) => ({ ...receipt, total: Number(receipt.total) * 100 }),
  'with prices in minor units': eachPosition(({ price }) => ({ price: Number(price) * 100 })),
  'with another VAT code': eachPosition(() => ({ vat_code: 'vat_122' })),
  'without positions': (receipt) => ({ ...receipt, positions: null }),
  'with positions of nothing': (receipt) => ({ ...receipt, positions: [null, null] }),
  'with other names': eachName((name) => `Товар ${name.length}`),
  'with an operation in words': (receipt) => ({ ...receipt, operation_type: 'приход' }),
  'without its payment': (receipt) => ({ ...receipt, payment_id: null }),
};

describe('a receipt whose answer is lost, shown', () => {
  it.each(Object.keys(rewritings))('%s: is recognised, and registered once', async (how) => {
    register.behaviour = { outcomes: ['answer lost', 'answer lost'], show: rewritings[how] as Show };
    const entry = await deliver(receiptOf());
    expect(register.receipts).toHaveLength(1);
    expect(entry).toMatchObject({ state: 'registered', providerDocumentId: 'receipt-1' });
  });

  it.each(Object.keys(contradictions))('%s: waits for a person, and is not sent again', async (how) => {
    register.behaviour = { outcomes: ['answer lost', 'answer lost'], show: contradictions[how] as Show };
    const entry = await deliver(receiptOf());
    expect(register.posted).toBe(1);
    expect(entry).toMatchObject({ state: 'unknown', reason: { code: 'provider.doubtful' } });
    expect(entry.reason?.candidates).toMatchObject([{ providerDocumentId: 'receipt-1' }]);
    expect(JSON.stringify(entry.reason)).not.toContain('buyer@example.com');
  });

  it.each(['00123', '90071992547409931'])(
    'under a spelling of its own, %s: is recognised',
    async (payment_id) => {
      const show: Show = (receipt) => ({
        ...receipt,
        payment_id: String(BigInt(String(receipt.payment_id))),
      });
      const print = (text: string) => text.replaceAll(/"payment_id":"(\d+)"/g, '"payment_id":$1');
      register.behaviour = { outcomes: ['answer lost'], show, print };
      const entry = await deliver(receiptOf({ payment_id }));
      expect(register.receipts).toHaveLength(1);
      expect(entry).toMatchObject({ state: 'registered', providerDocumentId: 'receipt-1' });
    },
  );

  it('under a spelling that no filter hears: is recognised', async () => {
    register.behaviour = { outcomes: ['answer lost'], filter: () => false };
    for (const payment_id of ['00123', '123', 'order-7']) {
      expect(await deliver(receiptOf({ payment_id }))).toMatchObject({ state: 'registered' });
    }
    expect(register.receipts).toHaveLength(3);
  });
});

describe('a receipt that was answered with an id', () => {
  it.each<[string, Partial<ReturnType<typeof sampleReceipt>>, Show]>([
    ['"00123" as a number', { payment_id: '00123' }, (receipt) => ({ ...receipt, payment_id: 123 })],
    ['SELL for sell', {}, (receipt) => ({ ...receipt, operation_type: 'SELL' })],
    ['a word that nobody knows for sell', {}, (receipt) => ({ ...receipt, operation_type: 'income' })],
  ])('is registered with the answer: %s', async (_, changes, show) => {
    register.behaviour = { show };
    expect(await deliver(receiptOf(changes))).toMatchObject({ state: 'registered' });
    expect(register.posted).toBe(1);
    expect(register.requested).toEqual([]);
  });

  it.each<[string, Show]>([
    ['another payment', (receipt) => ({ ...receipt, payment_id: '1' })],
    ['another operation', (receipt) => ({ ...receipt, operation_type: 'buy' })],
    ['a status that nobody knows', (receipt) => ({ ...receipt, status: 'queued' })],
    ['hardly anything', ({ receipt_id }) => ({ receipt_id })],
  ])('is asked for when the answer speaks of %s', async (_, answer) => {
    register.behaviour = { answer };
    expect(await deliver(receiptOf())).toMatchObject({
      state: 'registered',
      providerDocumentId: 'receipt-1',
    });
    expect(register.posted).toBe(1);
  });

  it('waits for a person when it is shown as another, is kept, and is believed when it is shown rightly', async () => {
    register.behaviour = { show: (receipt) => ({ ...receipt, payment_id: '1' }) };
    const entry = await deliver(receiptOf());
    expect(entry).toMatchObject({
      state: 'unknown',
      providerDocumentId: 'receipt-1',
      reason: {
        code: 'provider.doubtful',
        candidates: [{ providerDocumentId: 'receipt-1', differs: ['payment_id'] }],
      },
    });
    expect(register.posted).toBe(1);
    register.behaviour = {};
    await expect.poll(async () => (await entryOf(entry.id)).state, { timeout: 20_000 }).toBe('registered');
    expect(register.posted).toBe(1);
  });

  it.each<[string, Show]>([
    ['another VAT code', eachPosition(() => ({ vat_code: 'vat_122' }))],
    ['another kind of payment', eachPosition(() => ({ payment_method: 'full_prepayment' }))],
    ['another quantity', eachPosition(() => ({ quantity: 7 }))],
  ])('waits for a person when it is shown with %s, until it is shown rightly', async (_, show) => {
    register.behaviour = { show };
    const entry = await deliver(receiptOf());
    expect(entry).toMatchObject({ state: 'unknown', providerDocumentId: 'receipt-1' });
    expect(entry.reason?.code).toBe('provider.doubtful');
    register.behaviour = {};
    await expect.poll(async () => (await entryOf(entry.id)).state, { timeout: 20_000 }).toBe('registered');
    expect(register.posted).toBe(1);
  });

  it('waits for a person when the provider forgets it, for longer than it may be late', async () => {
    register.behaviour = {
      answer: (receipt) => ({ ...receipt, status: 'pending' }),
      knows: () => false,
      filter: () => false,
      show: (receipt) => ({ ...receipt, payment_id: '1' }),
    };
    const entry = await deliver(receiptOf());
    expect(register.posted).toBe(1);
    expect(entry).toMatchObject({
      state: 'unknown',
      providerDocumentId: 'receipt-1',
      reason: { code: 'provider.doubtful' },
    });
    await byHand(() => ledger.interventions.retry({ id: entry.id, by: 'Anna', reason: 'Look again.' }));
    await setTimeout(searchesMs);
    expect(register.posted).toBe(1);
    register.receipts = [];
    await setTimeout(searchesMs);
    expect(register.posted).toBe(1);
  });
});

describe('two documents of one payment', () => {
  const prepaid = { ...coffee, payment_method: 'full_prepayment', vat_code: 'vat_122' } as const;
  const prepayment = receiptOf({ positions: [prepaid], settlements: [{ type: 'cashless', sum: 100 }] });
  const closing = receiptOf({ positions: [coffee], settlements: [{ type: 'prepayment', sum: 100 }] });

  it('are told apart: the closing receipt is made, whatever another system registered before', async () => {
    register.register(wireOf(prepayment), { created_at: wireTime(5, 10) });
    register.behaviour = { outcomes: ['request lost'] };
    expect(await deliver(closing)).toMatchObject({ state: 'registered', providerDocumentId: 'receipt-2' });
    expect(register.receipts.map(({ settlements }) => settlements)).toEqual([
      [{ type: 'prepayment', sum: 100 }],
      [{ type: 'cashless', sum: 100 }],
    ]);
  });

  it.each([
    ['a moment ago', 1],
    ['at no known time', null],
  ] as const)('are a doubt when the other was made %s', async (_, minutesAgo) => {
    const created_at = minutesAgo === null ? null : wireTime(5, minutesAgo);
    register.register(wireOf(prepayment), { created_at });
    register.behaviour = { outcomes: ['request lost'] };
    const entry = await deliver(closing);
    expect(entry).toMatchObject({ state: 'unknown', reason: { code: 'provider.doubtful' } });
    expect(entry.reason?.candidates?.[0]?.differs).toEqual(
      expect.arrayContaining(['positions.payment_method', 'positions.vat_code', 'settlements']),
    );
    expect(register.receipts).toHaveLength(1);
  });

  it('are each registered once, in their order, when every answer is lost and every name is cut alike', async () => {
    const named = (name: string) =>
      receiptOf({ positions: [{ ...coffee, name }], settlements: [{ type: 'cashless', sum: 100 }] });
    register.behaviour = {
      outcomes: Array(3).fill('answer lost'),
      show: eachName((name) => name.slice(0, 12).toUpperCase()),
    };
    const entries = await Promise.all([
      deliver(named('Кофе в зёрнах, 250 г'), 'one'),
      deliver(named('Кофе в зёрнах, 500 г'), 'two'),
      deliver(named('Кофе в зёрнах, 1000 г'), 'three'),
    ]);
    const states = async () =>
      (await Promise.all(entries.map(({ id }) => entryOf(id)))).map(({ state }) => state);
    await expect.poll(states, { timeout: 20_000 }).toEqual(Array(3).fill('registered'));
    const bound = await Promise.all(entries.map(({ id }) => entryOf(id)));
    expect(bound.map(({ providerDocumentId }) => providerDocumentId)).toEqual([
      'receipt-1',
      'receipt-2',
      'receipt-3',
    ]);
  });

  it.each<[string, Show]>([
    ['as registered', (receipt) => ({ ...receipt, receipt_id: 'receipt-1' })],
    ['as pending', (receipt) => ({ ...receipt, receipt_id: 'RECEIPT-1', status: 'pending' })],
    ['and nothing else', () => ({ receipt_id: 'receipt-1' })],
    ['as rejected', (receipt) => ({ ...receipt, receipt_id: 'receipt-1', status: 'failed' })],
  ])('are a doubt when the second is answered with the id of the first, %s', async (_, answer) => {
    expect(await deliver(prepayment)).toMatchObject({ providerDocumentId: 'receipt-1' });
    register.behaviour = { answer, show: (receipt) => (register.posted > 1 ? hidden(receipt) : receipt) };
    const entry = await deliver(closing);
    expect(entry).toMatchObject({ state: 'unknown', providerDocumentId: null });
    expect(entry.reason?.code).toBe('provider.doubtful');
    register.behaviour = {};
    await expect.poll(async () => (await entryOf(entry.id)).state, { timeout: 20_000 }).toBe('registered');
    expect(await entryOf(entry.id)).toMatchObject({ providerDocumentId: 'receipt-2' });
    expect(register.posted).toBe(2);
  });

  const hidden: Show = (receipt) => ({ ...receipt, payment_id: '1' });

  it('are never taken for one another when their payments fold together', async () => {
    register.behaviour = {
      show: (receipt) => ({ ...receipt, payment_id: String(Number(receipt.payment_id)) }),
    };
    expect(await deliver(receiptOf({ payment_id: '00123' }))).toMatchObject({
      providerDocumentId: 'receipt-1',
    });
    register.behaviour = { ...register.behaviour, outcomes: ['request lost', 'answer lost'] };
    expect(await deliver(receiptOf({ payment_id: '123' }))).toMatchObject({
      state: 'registered',
      providerDocumentId: 'receipt-2',
    });
    expect(register.receipts).toHaveLength(2);
  });

  it('are a doubt when their payments fold together and neither is known', async () => {
    register.behaviour = {
      outcomes: ['answer lost', 'request lost'],
      show: (receipt) => ({
        ...contradictions['with other names']?.(receipt),
        payment_id: String(Number(receipt.payment_id)),
      }),
    };
    const first = await deliver(receiptOf({ payment_id: '00123' }));
    expect(first).toMatchObject({ state: 'unknown' });
    // Its next search would find what is shown from now on.
    await byHand(() =>
      ledger.interventions.park({ id: first.id, by: 'Anna', reason: 'It is not to be found now.' }),
    );
    register.behaviour = {
      ...register.behaviour,
      show: (receipt) => ({ ...receipt, payment_id: String(Number(receipt.payment_id)) }),
    };
    expect(await deliver(receiptOf({ payment_id: '123' }))).toMatchObject({
      state: 'unknown',
      reason: { code: 'provider.doubtful' },
    });
    expect(register.receipts).toHaveLength(1);
  });

  function wireOf(receipt: ReceiptInput): Record<string, unknown> {
    const document = { ...receipt, positions: receipt.positions };
    const identity = { reference: 'r', businessTime: new Date() };
    const { body } = provider.freeze({ operation: 'receipt', document }, identity);
    return JSON.parse(Buffer.from(body).toString());
  }
});

describe('a receipt that is rejected after it was taken', () => {
  const pending: Show = (receipt) => ({ ...receipt, status: 'pending' });
  const failed: Show = (receipt) =>
    receipt.receipt_id === 'receipt-1' ? { ...receipt, status: 'failed' } : receipt;

  it('is not rejected while an equal one of the payment is live, and counts as that', async () => {
    register.behaviour = {
      answer: pending,
      show: (receipt) => {
        if (register.receipts.length === 1) register.register({ ...receipt, receipt_id: undefined });
        return failed(receipt);
      },
    };
    expect(await deliver(receiptOf())).toMatchObject({
      state: 'registered',
      providerDocumentId: 'receipt-2',
    });
    expect(register.posted).toBe(1);
  });

  it('is rejected once a search has shown nothing else', async () => {
    let listed = 0;
    register.behaviour = {
      answer: pending,
      show: failed,
      print: (text) => (text.startsWith('{"data":[') && listed++ === 0 ? 'not now' : text),
    };
    expect(await deliver(receiptOf())).toMatchObject({ state: 'rejected', providerDocumentId: 'receipt-1' });
    expect(listed).toBeGreaterThan(1);
    expect(register.posted).toBe(1);
  });
});

describe('a repeat that is turned away', () => {
  it('is not sent again before another look, which finds the first when it is listed late', async () => {
    register.behaviour = {
      outcomes: ['answer lost', 'turned away', 'turned away'],
      show: (receipt) => (register.posted > 1 ? receipt : { ...receipt, payment_id: '1' }),
    };
    expect(await deliver(receiptOf())).toMatchObject({
      state: 'registered',
      providerDocumentId: 'receipt-1',
    });
    expect(register.posted).toBe(2);
    expect(register.receipts).toHaveLength(1);
  });
});

describe('a repeat that is refused', () => {
  it('does not end the first, which is found when it is listed late', async () => {
    let isListed = false;
    register.behaviour = {
      outcomes: ['answer lost', 'refused'],
      show: (receipt) => (isListed ? receipt : { ...receipt, payment_id: '1' }),
    };
    const entry = await deliver(receiptOf());
    expect(register.posted).toBe(2);
    expect(entry).toMatchObject({
      state: 'unknown',
      reason: { code: 'provider.doubtful', providerCode: 'receipt.exists' },
    });
    isListed = true;
    await expect.poll(async () => (await entryOf(entry.id)).state, { timeout: 20_000 }).toBe('registered');
    expect(register.posted).toBe(2);
  });

  it('holds the refund back, and ends as a person says', async () => {
    register.behaviour = { outcomes: ['request lost', 'refused'] };
    const entry = await deliver(receiptOf());
    expect(entry.state).toBe('unknown');
    const refund = await deliver(receiptOf({ operation_type: 'sell_refund' }));
    expect(refund.state).toBe('accepted');
    const given = { id: entry.id, by: 'Anna', reason: 'The cabinet shows nothing.' };
    await byHand(() => ledger.interventions.park(given));
    await byHand(() => ledger.interventions.retry(given));
    await byHand(() => ledger.interventions.resolve({ ...given, outcome: { kind: 'rejected' } }));
    const again = await byHand(() => ledger.interventions.resubmit(given));
    await expect.poll(async () => (await entryOf(again.id)).state, { timeout: 20_000 }).toBe('registered');
  });

  it('is believed when the first was certainly not processed', async () => {
    register.behaviour = { outcomes: ['refused'] };
    expect(await deliver(receiptOf())).toMatchObject({
      state: 'rejected',
      reason: { code: 'provider.rejected' },
    });
  });
});

it.each(['answered', 'answer lost'] as const)(
  'waits for a person, with a reason, while the register says a status that nobody knows: %s',
  async (outcome) => {
    register.behaviour = { outcomes: [outcome], show: (receipt) => ({ ...receipt, status: 'archived' }) };
    const { receipt } = await ledger.receipts.create({ merchant, receipt: receiptOf() });
    const stuck = () => ledger.interventions.stuck({ olderThanMs: 0 });
    await expect
      .poll(stuck, { timeout: 20_000 })
      .toMatchObject([{ id: receipt.receipt_id, state: 'pending', reason: { code: 'provider.unreadable' } }]);
    expect(register.posted).toBe(1);
  },
);

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../contract/provider.js';
import type { Finding } from '../../contract/verdict.js';
import { type LoopbackServer, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
const since = new Date('2026-03-10T21:00:00Z');
const paymentId = '764239789';

type Fields = Readonly<Record<string, unknown>>;
type Rewrite = (receipt: Fields) => Fields;

const vat = { vat_code: 'vat_20', payment_method: 'full_payment', payment_object: 'goods' };
const positions: readonly Fields[] = [
  { name: 'Торт «Прага» — 1 кг & "мёд"', price: 50, quantity: 2, ...vat },
  { name: 'Кофе ʻMokkaʼ 250 г', price: 100, quantity: 1, ...vat },
];

const each =
  (change: (position: Fields) => Fields): Rewrite =>
  (receipt) => ({
    ...receipt,
    positions: (receipt.positions as Fields[]).map((position) => ({ ...position, ...change(position) })),
  });
const names = (rewrite: (name: string) => string) => each(({ name }) => ({ name: rewrite(String(name)) }));
const put =
  (changes: Fields): Rewrite =>
  (receipt) => ({ ...receipt, ...changes });
const live =
  (status: unknown): Rewrite =>
  (receipt) =>
    receipt.status === 'failed' ? receipt : { ...receipt, status };
const id =
  (spell: (receiptId: string) => unknown): Rewrite =>
  (receipt) => ({
    ...receipt,
    receipt_id: spell(String(receipt.receipt_id)),
  });
const payment =
  (spell: (payment: string) => unknown): Rewrite =>
  (receipt) => ({
    ...receipt,
    payment_id: spell(String(receipt.payment_id)),
  });
const operation =
  (sell: unknown, other: unknown): Rewrite =>
  (receipt) => ({
    ...receipt,
    operation_type: receipt.operation_type === 'sell' ? sell : other,
  });

/** Groups of rewritings, of which a provider has one each; the first is that of its page. */
const ways: readonly (readonly Rewrite[])[] = [
  [
    (receipt) => receipt,
    names((name) => name.toUpperCase()),
    names((name) => name.replaceAll(/[^\x20-\x7eА-Яа-яЁё№]/gu, '?')),
    names((name) => name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('«', '&#171;')),
    names((name) => name.slice(0, 9)),
    names((name) => `${name.slice(0, 31)}…`),
    names(() => 'Tort Praga'),
    names(() => ''),
  ],
  [
    (receipt) => receipt,
    each(({ quantity }) => ({ quantity: Number(quantity).toFixed(3) })),
    each(({ quantity }) => ({ quantity: `${quantity},000` })),
    each(({ price }) => ({ price: Number(price).toFixed(2) })),
    each(({ price }) => ({ price: Number(price) * 100 })),
    each(({ price }) => ({ price: { value: price } })),
    (receipt) => ({ ...receipt, total: Number(receipt.total) * 100 }),
    (receipt) => ({ ...receipt, total: `${receipt.total} RUB` }),
  ],
  [
    (receipt) => receipt,
    each(() => ({ vat_code: 4 })),
    each(() => ({ vat_code: 'vat_120' })),
    each(() => ({ payment_method: 4 })),
    each(() => ({ payment_method: undefined, vat_code: undefined })),
    put({ settlements: [{ type: 'cashless', sum: 20_000 }] }),
    put({ settlements: { cashless: 200 } }),
    put({ receipt_format: '1.05' }),
  ],
  [
    (receipt) => receipt,
    put({ positions: null }),
    put({ positions: [null, null] }),
    put({ positions: { 0: positions[0] } }),
    (receipt) => ({ ...receipt, positions: (receipt.positions as Fields[]).toReversed() }),
    (receipt) => ({ ...receipt, positions: (receipt.positions as Fields[]).slice(1) }),
    (receipt) => ({
      ...receipt,
      positions: [...(receipt.positions as Fields[]), { name: 'Скидка', quantity: 1, price: 0 }],
    }),
  ],
  [(receipt) => receipt, put({ created_at: null }), put({ created_at: 'yesterday' })],
  [
    (receipt) => receipt,
    payment((spelled) => ` ${spelled} `),
    payment(Number),
    payment((spelled) => `${spelled}.0`),
    payment((spelled) => spelled.padStart(12, '0')),
    payment((spelled) => (spelled === paymentId ? '7.64239789e8' : spelled)),
    payment(() => null),
  ],
  [
    (receipt) => receipt,
    operation('SELL', 'SELL_REFUND'),
    operation('Sell', 'Sell-Refund'),
    operation('income', 'income_return'),
    operation(1, 2),
    operation(null, null),
  ],
  [(receipt) => receipt, live('REGISTERED'), live('done'), live(null)],
  [(receipt) => receipt, id((own) => ` ${own} `), id((own) => `{${own}}`), id(() => null)],
];

/** Other receipts of the payment, never ours. */
const others: Readonly<Record<string, Fields>> = {
  refund: { operation_type: 'sell_refund' },
  'another-payment': { payment_id: '764239788' },
  'a-longer-payment': { payment_id: '7642397890' },
  bound: {},
  rejected: { status: 'failed', total: 1 },
  prepayment: {
    created_at: '11.03.2026 01:00:00',
    positions: positions.map((position) => ({ ...position, payment_method: 'full_prepayment' })),
  },
};

/** Ways of listing. */
const lists = {
  'as the page says': { filters: true, most: 100, hearsOffset: true, newestFirst: true },
  'two at a time': { filters: true, most: 2, hearsOffset: true, newestFirst: true },
  'twenty, whatever the offset': { filters: true, most: 20, hearsOffset: false, newestFirst: true },
  'of everybody': { filters: false, most: 100, hearsOffset: true, newestFirst: true },
  'filtered by another spelling': { filters: null, most: 100, hearsOffset: true, newestFirst: true },
  'oldest first': { filters: true, most: 100, hearsOffset: true, newestFirst: false },
};

const searches = fc.record({
  // Few things at a time differ from the page.
  chosen: fc.tuple(
    ...ways.map((group) => fc.oneof(fc.constant(0), fc.constant(0), fc.nat(group.length - 1))),
  ),
  present: fc.subarray(Object.keys(others)),
  list: fc.constantFrom(...Object.values(lists)),
  strangers: fc.nat(30),
});

let server: LoopbackServer;
let provider: Provider;
beforeAll(async () => {
  server = await startLoopbackServer();
  const settings = { merchantId: '542088', secretKey: 'secret', baseUrl: server.origin, clock: () => now };
  provider = createFreedompay(settings);
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

type Search = typeof searches extends fc.Arbitrary<infer Value> ? Value : never;

async function findIn({ chosen, present, list, strangers }: Search, isThere: boolean): Promise<Finding> {
  const made = (receipt_id: string, changes: Fields = {}) =>
    documentedReceipt({ created_at: '11.03.2026 02:00:07', positions, receipt_id, ...changes });
  const stored = [
    ...Array.from({ length: strangers }, (_, index) => made(`x${index}`, { payment_id: `${index + 1}` })),
    ...(isThere ? [made('ours')] : []),
    ...present.map((name) => made(name, others[name])),
  ];
  const rewrite = (receipt: Fields) =>
    ways.reduce((shown, group, index) => (group[chosen[index] ?? 0] as Rewrite)(shown), receipt);
  const rows = list.newestFirst ? stored : stored.toReversed();
  server.behave((response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    const requested = query.get('payment_id');
    const heard = requested === null || list.filters === false;
    const passing = rows.filter(
      ({ payment_id }) => heard || (list.filters !== null && payment_id === requested),
    );
    const offset = list.hearsOffset ? Number(query.get('offset')) : 0;
    const page = passing.slice(offset, offset + Math.min(list.most, Number(query.get('limit'))));
    response.end(JSON.stringify({ data: page.map(rewrite) }));
  });
  const identity = { reference: 'r', businessTime: since };
  const request = provider.freeze(
    { operation: 'receipt', document: checkedReceipt({ positions }) },
    identity,
  );
  return provider.find(request, { since, boundDocumentIds: new Set(['bound']) });
}

function documentOf(finding: Finding): string | null {
  if (finding.kind !== 'found') return null;
  const { verdict } = finding;
  return verdict.kind === 'registered'
    ? verdict.registration.providerDocumentId
    : (verdict.providerDocumentId ?? null);
}

describe('a search, whatever the provider makes of what it shows', () => {
  it('never claims that a receipt is absent which is there, and never takes another', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async (drawn) => {
        // The payment must be shown where no filter selects it.
        const isShown = drawn.list.filters !== null || drawn.chosen[5] !== 6;
        const finding = await findIn(drawn, true);
        if (isShown) expect(finding.kind).not.toBe('absent');
        expect(documentOf(finding) ?? 'ours').toBe('ours');
      }),
      { numRuns: 250 },
    );
  });

  it('takes nothing for ours where ours was never made', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async (drawn) => {
        expect((await findIn(drawn, false)).kind).not.toBe('found');
      }),
      { numRuns: 150 },
    );
  });

  it('knows nearly always what it is, when the page is followed but for one thing that is folded', async () => {
    const foldedWays = [[1, 2, 3, 4, 5], [1, 3], [7], [4], [1, 2], [1, 2, 3, 4, 5], [1, 2], [1, 2, 3], [1]];
    for (const [group, indexes] of foldedWays.entries()) {
      for (const index of indexes) {
        const chosen = ways.map((_, each) => (each === group ? index : 0));
        const drawn = { chosen, present: Object.keys(others), list: lists['as the page says'], strangers: 3 };
        expect(documentOf(await findIn(drawn as Search, true)), `${group}.${index}`).toBe('ours');
      }
    }
  });
});

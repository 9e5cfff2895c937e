import { describe, expect, it } from 'vitest';
import type { Entry, NewEntry } from '../../entry/entry.js';
import type { EntrySearch } from '../entry-search.js';
import type { EntryQuery, LedgerStore } from '../ledger-store.js';
import { searchTermOf } from '../search-term.js';
import { registered, registration, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { type OpenStore, useStore } from './store-harness.fixture.js';

const mark = {
  country: 'ru',
  fiscal_storage_number: '9999078902010277',
  fiscal_document_number: '17042',
  fiscal_attribute: '0404381522',
  registered_at: '2026-05-04T13:00:00+03:00',
} as const;

const link = 'https://receipts.example/of/17042';

/** Takes in all that the index does not have yet. */
export async function updateIndex({ entryIndex }: Pick<LedgerStore, 'entryIndex'>): Promise<void> {
  while (await entryIndex.update());
}

/** Returns the ids that are found, page after page. */
export async function found(
  { entryIndex }: Pick<LedgerStore, 'entryIndex'>,
  query: Partial<Omit<EntrySearch, 'term'>> & { readonly text?: string },
): Promise<string[]> {
  const { text, ...others } = query;
  const ids: string[] = [];
  let before: number | null = null;
  do {
    const page = await entryIndex.find({
      filter: {},
      term: text === undefined ? null : searchTermOf(text),
      merchants: [],
      limit: 100,
      ...others,
      before,
    });
    ids.push(...page.entries.map(({ id }) => id));
    before = page.next;
  } while (before !== null);
  return ids;
}

/** Promises of the index of entries. */
export function describeEntryIndex(open: OpenStore): void {
  describe('the index of entries', () => {
    const harness = useStore(open);
    const { accepted } = harness;
    const search = (query: Parameters<typeof found>[1]) => found(harness.store, query);
    const index = () => updateIndex(harness.store);

    const registeredEntry = async (given: Partial<NewEntry> = {}) => {
      const entry = await accepted(given);
      const claim = await harness.claimed();
      await harness.settle(claim, {
        ...registered,
        registration: { ...registration, providerDocumentId: 'provider-4711', mark, link },
      });
      return entry;
    };

    it('finds an entry by all that it is known by', async () => {
      const facets = { paymentId: 'payment 5', operationType: 'sell', totalMinor: 123_456 };
      const { id } = await registeredEntry({ idempotencyKey: 'key:order-5', facets });
      const part = await accepted({ merchant: 'gone', idempotencyKey: `part:${id}:key:order-6` });
      await index();
      const qr = 't=20260504T1300&s=1234.56&fn=9999078902010277&i=17042&fp=404381522&n=1';
      const texts = [
        ...[
          id,
          id.toUpperCase(),
          ` ${id} `,
          'payment 5',
          'provider-4711',
          '17042',
          '0404381522',
          '404381522',
        ],
        ...[link, `https://consumer.1-ofd.ru/v1?${qr}`, qr, '1234.56', '1234,56'],
      ];
      for (const text of texts) expect([text, await search({ text })]).toEqual([text, [id]]);
      expect(await search({ text: 'order-5' })).toEqual([id]);
      expect(await search({ text: 'order-6' })).toEqual([part.id]);
      expect(await search({ text: 'order-5', filter: { merchant: 'shop' } })).toEqual([id]);
      const others = [
        'order',
        'payment',
        '1704',
        '1234.57',
        '17043',
        qr.replace('17042', '17043'),
        'shop',
        '%',
        '',
      ];
      for (const text of others) expect([text, await search({ text })]).toEqual([text, []]);
      expect(await search({ text: 'payment\0' })).toEqual([]);
    });

    it('finds what was just accepted by id, payment and key', async () => {
      const facets = { paymentId: 'payment 6', operationType: 'sell', totalMinor: 600 };
      const { id } = await accepted({ idempotencyKey: 'key:order-6', facets });
      for (const text of [id, 'payment 6', 'order-6'])
        expect([text, await search({ text, merchants: ['shop'] })]).toEqual([text, [id]]);
      expect(await search({ text: 'order-6', filter: { merchant: 'shop' } })).toEqual([id]);
      expect(await search({ text: '6' })).toEqual([]);
      await index();
      expect(await search({ text: '6' })).toEqual([id]);
    });

    it('lets the filters choose, alone and together', async () => {
      const first = await registeredEntry();
      const refused = await accepted({ merchant: 'other', account: ':other@memory:' });
      await harness.settle(await harness.claimed(), rejected);
      const unsure = await accepted({ operation: 'correction' });
      await harness.settle(await harness.claimed(), waitsAfterOutage('unknown', 60_000));
      const waits = await accepted({ provider: 'slow', account: ':shop@slow:' });
      await index();
      const newestFirst = (...entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
      const cases = [
        [{}, newestFirst(waits, unsure, refused, first)],
        [{ states: ['registered'] }, newestFirst(first)],
        [{ states: ['rejected'] }, newestFirst(refused)],
        [{ states: ['unknown'] }, newestFirst(unsure)],
        [{ states: ['unknown', 'parked', 'rejected'] }, newestFirst(unsure, refused)],
        [{ states: ['accepted', 'rejected'] }, newestFirst(waits, refused)],
        [{ states: ['registered', 'accepted'] }, newestFirst(waits, first)],
        [{ states: [] }, []],
        [{ merchant: 'shop' }, newestFirst(waits, unsure, first)],
        [{ merchant: 'nobody' }, []],
        [{ provider: 'slow' }, newestFirst(waits)],
        [{ account: ':other@memory:' }, newestFirst(refused)],
        [{ operation: 'correction' }, newestFirst(unsure)],
        [{ operationType: 'sell' }, newestFirst(waits, unsure, refused, first)],
        [{ operationType: 'sell_refund' }, []],
        [{ reason: 'provider.rejected' }, newestFirst(refused)],
        [{ reason: 'provider.rejected', merchant: 'shop' }, []],
        [{ merchant: 'shop', states: ['unknown'], reason: 'provider.timeout' }, newestFirst(unsure)],
        [{ acceptedBefore: first.acceptedAt }, []],
        [{ acceptedFrom: new Date(waits.acceptedAt.getTime() + 1) }, []],
        [{ acceptedFrom: first.acceptedAt, states: ['registered'] }, newestFirst(first)],
      ] as const;
      for (const [filter, ids] of cases) expect([filter, await search({ filter })]).toEqual([filter, ids]);
      expect(await search({ text: '5', filter: { states: ['rejected'] } })).toEqual([refused.id]);
    });

    it('shows an entry under its account of now', async () => {
      const { id } = await accepted();
      await index();
      await harness.store.holdAccount({
        provider: 'memory',
        account: ':shop@memory:',
        merchant: 'shop',
        moveTo: ':shop@new:',
        moves: 'all',
        reason: { code: 'account.gone', message: 'Gone.' },
        dueForMs: null,
        limit: 10,
      });
      await index();
      expect(await search({ filter: { account: ':shop@memory:' } })).toEqual([]);
      expect(await search({ filter: { account: ':shop@new:' } })).toEqual([id]);
      expect(await search({ filter: { merchant: 'shop' } })).toEqual([id]);
    });

    it('has each entry once, page by page, while others are accepted', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 12; n += 1) ids.unshift((await accepted()).id);
      await index();
      const pages: string[][] = [];
      let before: number | null = null;
      do {
        const query = { filter: { merchant: 'shop' }, term: null, merchants: [], before, limit: 5 };
        const { entries, next } = await harness.store.entryIndex.find(query);
        pages.push(entries.map(({ id }) => id));
        before = next;
        await accepted();
        await index();
      } while (before !== null);
      expect(pages.flat()).toEqual(ids);
      expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    });

    it('says how far behind it is', async () => {
      expect(await harness.store.entryIndex.lagMs()).toBe(0);
      await accepted();
      await expect.poll(() => harness.store.entryIndex.lagMs()).toBeGreaterThan(1);
      await index();
      expect(await harness.store.entryIndex.lagMs()).toBe(0);
    });

    it('finds across the parts of a large ledger', async () => {
      const facets = (n: number) => ({
        paymentId: `many ${n}`,
        operationType: 'sell',
        totalMinor: n % 1_000,
      });
      const entries: Entry[] = [];
      for (let first = 0; first < 9_000; first += 500) {
        const group = Array.from({ length: 500 }, (_, n) => accepted({ facets: facets(first + n) }));
        entries.push(...(await Promise.all(group)));
      }
      await index();
      const expected = entries
        .filter(({ facets: { totalMinor } }) => totalMinor === 777)
        .sort((one, two) => two.sequence - one.sequence)
        .map(({ id }) => id);
      expect(await search({ text: '7.77', limit: 2 })).toEqual(expected);
      const { entryIndex } = harness.store;
      const all = await entryIndex.find({ filter: {}, term: null, merchants: [], before: null, limit: 1 });
      const newest = all.entries[0];
      const filter = { acceptedFrom: newest?.acceptedAt };
      expect((await search({ filter }))[0]).toBe(newest?.id);
      expect(await search({ text: '7.77', filter: { acceptedBefore: new Date(0) } })).toEqual([]);

      // What the index does not have yet is in lists all the same.
      const tea = (name: string) => ({ positions: [{ name }] });
      const special = [
        await accepted({ facets: facets(777), document: tea('Oolong') }),
        ...(await Promise.all(
          Array.from({ length: 1_500 }, (_, n) => accepted({ facets: facets(1 + (n % 500)) })),
        )),
      ].slice(0, 1);
      const listed = [...special, ...entries.filter(({ facets: { totalMinor } }) => totalMinor === 777)]
        .sort((one, two) => Number(two.acceptedAt) - Number(one.acceptedAt) || two.sequence - one.sequence)
        .map(({ id }) => id);
      const list = async (query: Partial<EntryQuery>) =>
        (await harness.store.list({ merchant: 'shop', offset: 0, limit: 100, ...query })).map(({ id }) => id);
      const named = special.map(({ id }) => id);
      for (const isIndexed of [false, true]) {
        expect([isIndexed, await list({ totalMinor: 777 })]).toEqual([isIndexed, listed]);
        expect(await list({ totalMinor: 777, offset: 3, limit: 4 })).toEqual(listed.slice(3, 7));
        expect(await list({ totalMinor: 777, offset: 100 })).toEqual([]);
        expect(await list({ totalMinor: 777, states: ['registered'] })).toEqual([]);
        expect(await list({ totalMinor: 777, operationType: 'sell' })).toEqual(listed);
        expect(await list({ operationType: 'sell_refund' })).toEqual([]);
        expect(await list({ positionName: 'Oolong' })).toEqual(named);
        expect(await list({ positionName: 'Oolong', totalMinor: 777, operation: 'receipt' })).toEqual(named);
        expect(await list({ positionName: 'Oolong', merchant: 'other' })).toEqual([]);
        const place = entries.find(({ id }) => id === listed[4]);
        if (!place) throw new Error('there is no such entry');
        const behind = { acceptedAt: place.acceptedAt.getTime(), sequence: place.sequence };
        expect(await list({ totalMinor: 777, behind })).toEqual(listed.slice(5));
        await index();
      }
    }, 120_000);
  });
}

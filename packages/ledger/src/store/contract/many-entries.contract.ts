import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryState } from '../../entry/entry.js';
import type { EntryQuery } from '../ledger-store.js';
import { type ListedSlice, type ListSlice, listInSlices } from '../list-in-slices.js';

/**
 * Filtered facets of an entry. Its id is `id-` and the number; its document has one position of that name.
 */
export interface ManyEntry {
  /** Its sequence, from 1 on. */
  readonly number: number;
  readonly merchant: string;
  readonly operation: string;
  readonly operation_type: string;
  readonly total_minor: number;
  readonly payment_id: string;
  readonly name: string;
  readonly state: EntryState;
  /** In milliseconds. */
  readonly accepted_at: number;
}

/** Entries of a ledger, and how it reads a slice of them. */
export interface ManyEntries {
  read(slice: ListSlice): ListedSlice | Promise<ListedSlice>;
  close(): Promise<void> | void;
}

/** Enough for several slices, many in a millisecond, with a clock that was set back. */
export const manyEntries: readonly ManyEntry[] = Array.from({ length: 24_000 }, (_, index) => {
  const number = index + 1;
  return {
    number,
    merchant: number % 9 === 0 ? 'other' : 'shop',
    operation: number % 10 === 0 ? 'confirmation.anor' : 'receipt',
    operation_type: number % 4 === 0 ? 'sell_refund' : 'sell',
    total_minor: number % 100,
    payment_id: String(number % 3),
    name: `Tea ${number % 50}`,
    state: stateOf(number),
    accepted_at: Math.floor(number / 300) - (number < 20_000 ? 0 : 20),
  };
});

function stateOf(number: number): EntryState {
  if (number % 1000 === 0) return 'rejected';
  return number % 1000 === 1 ? 'pending' : 'registered';
}

/** What the list is by the words of its query. */
function expected(entries: readonly ManyEntry[], query: EntryQuery): string[] {
  const { acceptedFrom, acceptedBefore } = query;
  const requested = ([given, value]: readonly [unknown, unknown]) => value === undefined || given === value;
  return entries
    .filter((entry) => entry.merchant === query.merchant)
    .filter((entry) =>
      [
        [entry.operation, query.operation] as const,
        [entry.operation_type, query.operationType] as const,
        [entry.total_minor, query.totalMinor] as const,
        [entry.payment_id, query.paymentId] as const,
        [entry.name, query.positionName] as const,
      ].every(requested),
    )
    .filter(({ state }) => query.states === undefined || query.states.includes(state))
    .filter((entry) => acceptedFrom === undefined || entry.accepted_at >= acceptedFrom.getTime())
    .filter((entry) => acceptedBefore === undefined || entry.accepted_at < acceptedBefore.getTime())
    .sort((one, two) => two.accepted_at - one.accepted_at || two.number - one.number)
    .slice(query.offset, query.offset + query.limit)
    .map(({ number }) => `id-${number}`);
}

const registered = { states: ['registered'] } as const;
const unfinished = { states: ['accepted', 'sending', 'pending', 'unknown', 'parked'] } as const;

const queries: readonly (readonly [string, Partial<EntryQuery>])[] = [
  ['everything', {}],
  ['everything, deep', { offset: 21_300 }],
  ['everything, at a depth where a slice ends', { offset: 10_000 }],
  ['everything, beyond its end', { offset: 30_000 }],
  ['receipts, deep', { operation: 'receipt', offset: 19_000 }],
  ['a total', { totalMinor: 77 }],
  ['a total, deep', { totalMinor: 77, offset: 150 }],
  ['a total that nothing has', { totalMinor: 777 }],
  ['refunds, deep', { operationType: 'sell_refund', offset: 5_000 }],
  ['a payment, deep', { paymentId: '1', offset: 7_000 }],
  ['a payment and a total', { paymentId: '1', totalMinor: 4 }],
  ['a name', { positionName: 'Tea 7' }],
  ['a name, deep', { positionName: 'Tea 7', offset: 300 }],
  ['a name that is a part of others', { positionName: 'Tea' }],
  ['rejected', { states: ['rejected'] }],
  ['unfinished', unfinished],
  ['unknown', { states: ['unknown'] }],
  ['no state', { states: [] }],
  ['registered, deep', { ...registered, offset: 21_000 }],
  ['registered, beyond its end', { ...registered, offset: 30_000 }],
  ['registered refunds, deep', { ...registered, operationType: 'sell_refund', offset: 5_000 }],
  ['a registered payment, deep', { ...registered, paymentId: '1', offset: 7_000 }],
  ['a registered name, deep', { ...registered, positionName: 'Tea 7', offset: 300 }],
  ['registered and pending, deep', { states: ['registered', 'pending'], offset: 21_000 }],
  ['registered and rejected, deep', { states: ['registered', 'rejected'], offset: 21_000 }],
  ['rejected and pending, deep', { states: ['rejected', 'pending'], offset: 30 }],
  ['some days', { acceptedFrom: new Date(30), acceptedBefore: new Date(50), offset: 4_000 }],
  [
    'registered, of some days',
    { ...registered, acceptedFrom: new Date(30), acceptedBefore: new Date(50), offset: 4_000 },
  ],
];

/** Holds a store's lists to their words where they take several slices. */
export function describeManyEntries(open: (entries: readonly ManyEntry[]) => Promise<ManyEntries>): void {
  async function list(ledger: ManyEntries, query: EntryQuery) {
    let slices = 0;
    const ids: string[] = [];
    const portions = listInSlices(query, async (slice) => {
      slices += 1;
      return ledger.read(slice);
    });
    for await (const portion of portions) ids.push(...portion.map(({ id }) => id));
    return { ids, slices };
  }
  const all = { merchant: 'shop', offset: 0, limit: 100 };

  describe('a list of many entries', () => {
    let ledger: ManyEntries;

    beforeAll(async () => {
      ledger = await open(manyEntries);
    }, 60_000);
    afterAll(() => ledger.close());

    it.each(queries)('is the same in slices as in one go: %s', async (_, query) => {
      const requested = { ...all, ...query };
      expect((await list(ledger, requested)).ids).toEqual(expected(manyEntries, requested));
    });

    it('has every entry once, page by page', async () => {
      const pages: string[] = [];
      const requested = { ...all, states: ['registered'], limit: 1_000 } as const;
      for (let offset = 0; offset < manyEntries.length; offset += 1_000) {
        pages.push(...(await list(ledger, { ...requested, offset })).ids);
      }
      expect(pages).toEqual(expected(manyEntries, { ...requested, limit: manyEntries.length }));
    }, 60_000);

    it('takes several slices where many entries are to be looked at', async () => {
      expect((await list(ledger, { ...all, positionName: 'none' })).slices).toBeGreaterThan(2);
    });
  });

  it.each(['shop', 'other'])(
    'a list is the same while many of %s are unfinished',
    async (merchant) => {
      const entries = manyEntries.map((entry): ManyEntry => {
        // Half of the merchant's own: some are to be found.
        const isUnfinished = entry.merchant === merchant && (merchant !== 'shop' || entry.number > 12_000);
        return isUnfinished ? { ...entry, state: 'pending' } : entry;
      });
      const ledger = await open(entries);
      for (const query of [{ offset: 500 }, { offset: 30_000 }, { operationType: 'sell', offset: 100 }]) {
        const requested = { ...all, ...registered, ...query };
        expect((await list(ledger, requested)).ids).toEqual(expected(entries, requested));
      }
      await ledger.close();
    },
    60_000,
  );
}

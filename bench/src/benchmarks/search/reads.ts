import { createFreedompay } from '@fiscalkit/client/freedompay';
import {
  createLedger,
  type Entry,
  type EntryQuery,
  type LedgerStore,
  type SearchEntries,
} from '@fiscalkit/ledger';
import { demoMerchant } from '@fiscalkit/testing';
import { dayMs } from '../growth/ledger-under-test.js';

/** A search or a list to measure; each call reads another entry. */
export interface MeasurableRead {
  readonly what: string;
  readonly read: () => Promise<unknown>;
}

/** What was measured. */
export interface MeasuredRead {
  readonly what: string;
  readonly milliseconds: readonly number[];
}

/** Returns the searches and lists of a merchant whose ledger is filled: each filter, first pages and deep ones. */
export async function readsOf(store: LedgerStore, merchant: string): Promise<MeasurableRead[]> {
  const providers = [createFreedompay({ ...demoMerchant, baseUrl: 'http://127.0.0.1' })];
  const ledger = createLedger({
    store,
    merchants: [{ id: merchant, receiptMerchantId: demoMerchant.merchantId, providers }],
  });
  const all = { merchant, operation: 'receipt', offset: 0, limit: 20 };
  const everywhere = await entriesFromEverywhere(store, merchant);
  let calls = 0;
  const next = () => {
    calls += 1;
    const entry = everywhere[(calls * 7) % everywhere.length];
    if (!entry) throw new Error('there are no receipts');
    return entry;
  };
  const find = (what: string, request: (entry: Entry) => SearchEntries): MeasurableRead => ({
    what: `search, ${what}`,
    read: () => ledger.entries.search({ limit: 20, ...request(next()) }),
  });
  const list = (what: string, query: (entry: Entry) => Partial<EntryQuery>): MeasurableRead => ({
    what: `list, ${what}`,
    read: () => store.list({ ...all, ...query(next()) }),
  });
  const day = (entry: Entry) => ({
    acceptedFrom: entry.acceptedAt,
    acceptedBefore: new Date(entry.acceptedAt.getTime() + dayMs),
  });
  return [
    find('id', ({ id }) => ({ term: id })),
    find('payment', ({ facets }) => ({ term: facets.paymentId })),
    find("provider's id", ({ providerDocumentId }) => ({ term: providerDocumentId ?? '' })),
    find('document number', ({ registration }) => ({
      term: numberOf(registration, 'fiscal_document_number'),
    })),
    find('fiscal attribute', ({ registration }) => ({ term: numberOf(registration, 'fiscal_attribute') })),
    find('link', ({ registration }) => ({ term: registration?.link ?? '' })),
    find('a total of many', ({ facets }) => ({ term: String((facets.totalMinor ?? 0) / 100) })),
    find('what is not there', ({ id }) => ({ term: `no ${id}` })),
    find('every state', () => ({})),
    find('registered', () => ({ states: ['registered'] })),
    find('rejected', () => ({ states: ['rejected'] })),
    find('unfinished', () => ({ states: ['accepted', 'pending', 'unknown'] })),
    find('unknown', () => ({ states: ['unknown'] })),
    find('merchant', () => ({ merchant })),
    find('another merchant', () => ({ merchant: 'nobody' })),
    find('provider', () => ({ provider: 'freedompay', states: ['registered'] })),
    find('account', ({ account }) => ({ account })),
    find('refunds', () => ({ operationType: 'sell_refund' })),
    find('corrections', () => ({ operation: 'correction' })),
    find('reason', () => ({ reason: 'provider.timeout' })),
    find('a day', (entry) => day(entry)),
    find('a day of a total', (entry) => ({
      ...day(entry),
      term: String((entry.facets.totalMinor ?? 0) / 100),
    })),
    {
      what: 'search, deep page',
      read: () => {
        const before = next().sequence;
        const query = { filter: { merchant }, term: null, merchants: [], before, limit: 20 };
        return store.entryIndex.find(query);
      },
    },
    list('first page', () => ({})),
    list('payment', ({ facets }) => ({ paymentId: facets.paymentId })),
    list('registered', () => ({ states: ['registered'] })),
    list('rejected', () => ({ states: ['rejected'] })),
    list('pending', () => ({ states: ['accepted', 'sending', 'pending', 'unknown', 'parked'] })),
    list('refunds', () => ({ operationType: 'sell_refund' })),
    list('an operation that there is not', () => ({ operationType: 'buy' })),
    list('a total of many', ({ facets }) => ({ totalMinor: facets.totalMinor ?? 0 })),
    list('a total of none', () => ({ totalMinor: 999_999_999 })),
    list('a name of all', ({ document }) => ({ positionName: nameOf(document) })),
    list('a name of none', () => ({ positionName: 'no such name' })),
    list('a day', (entry) => day(entry)),
    list('offset 10,000', () => ({ offset: 10_000 })),
    list('registered, offset 10,000', () => ({ states: ['registered'], offset: 10_000 })),
    list('deep page by cursor', (entry) => ({ behind: placeOf(entry) })),
    list('registered, deep page by cursor', (entry) => ({ behind: placeOf(entry), states: ['registered'] })),
    list('a total, deep page by cursor', (entry) => ({
      behind: placeOf(entry),
      totalMinor: entry.facets.totalMinor ?? 0,
    })),
    list('a name, deep page by cursor', (entry) => ({
      behind: placeOf(entry),
      positionName: nameOf(entry.document),
    })),
  ];
}

/** Reads some entries from all over the ledger. */
async function entriesFromEverywhere(store: LedgerStore, merchant: string): Promise<Entry[]> {
  const filter = { merchant, states: ['registered'] } as const;
  const behind = async (before: number | null): Promise<Entry | null> => {
    const { entries, next } = await store.entryIndex.find({
      filter,
      term: null,
      merchants: [],
      before,
      limit: 1,
    });
    // A busy machine may find the first in a later page.
    return entries[0] ?? (next === null ? null : behind(next));
  };
  const newest = (await behind(null))?.sequence ?? 0;
  const found: Entry[] = [];
  for (let step = 1; step <= 100; step += 1) {
    const entry = await behind(Math.ceil((newest * step) / 100) + 1);
    if (entry) found.push(entry);
  }
  return found;
}

function placeOf({ acceptedAt, sequence }: Entry) {
  return { acceptedAt: acceptedAt.getTime(), sequence };
}

function numberOf(registration: Entry['registration'], name: 'fiscal_document_number' | 'fiscal_attribute') {
  const mark = registration?.mark;
  return mark?.country === 'ru' ? mark[name] : '';
}

function nameOf({ positions }: Entry['document']): string {
  const [first]: unknown[] = Array.isArray(positions) ? positions : [];
  return String(Object(first).name);
}

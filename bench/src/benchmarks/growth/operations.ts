import { randomUUID } from 'node:crypto';
import type { ClaimShare, LedgerStore, NewEntry, Transition } from '@fiscalkit/ledger';
import { dayMs, entryMaker, type LedgerUnderTest, merchants, periodDays } from './ledger-under-test.js';

/** Collects durations of operations, in microseconds, by name. */
export class Stopwatch {
  readonly #samples = new Map<string, number[]>();

  /** Times the work; `calls` made together count as one sample, their mean. */
  async time<T>(name: string, work: () => Promise<T>, calls = 1): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    const microseconds = ((performance.now() - startedAt) * 1000) / calls;
    this.#samples.set(name, [...this.samples(name), microseconds]);
    return result;
  }

  /** Returns the names so far, in the order of their first sample. */
  names(): string[] {
    return [...this.#samples.keys()];
  }

  samples(name: string): readonly number[] {
    return this.#samples.get(name) ?? [];
  }
}

/** Accepts, claims and settles so many new receipts at once. */
export async function deliver(
  { store, newEntry }: LedgerUnderTest,
  stopwatch: Stopwatch,
  receipts: number,
): Promise<void> {
  const entries = Array.from({ length: receipts }, newEntry);
  const name = (verb: string) => (receipts === 1 ? verb : `${verb} ${receipts} at once`);
  const [provider = ''] = entries.map((entry) => entry.provider);
  const query = { provider, shares: sharesOf(entries), leaseMs: 60_000, worker: 'bench' };

  const accepted = await stopwatch.time(
    name('accept'),
    () => Promise.all(entries.map((entry) => store.accept(entry))),
    receipts,
  );
  const others = accepted.filter(({ kind }) => kind !== 'accepted');
  if (others.length > 0) throw new Error(`${others.length} of ${receipts} entries were not new`);
  const claims = await stopwatch.time(name('claim'), () => store.claim(query), receipts);
  if (claims.length !== receipts) throw new Error(`claimed ${claims.length} of ${receipts} entries`);
  const settlements = claims.map(({ entry, fence }) => ({ id: entry.id, fence, transition: registered() }));
  await stopwatch.time(
    name('settle'),
    () => Promise.all(settlements.map((settlement) => store.settle(settlement))),
    receipts,
  );
}

/** The default page of the receipts list. */
const firstPage = { operation: 'receipt', offset: 0, limit: 20 } as const;

/** Gets a receipt, and lists a merchant's newest receipts, and those of a day. */
export async function read(
  { store, finished }: LedgerUnderTest,
  stopwatch: Stopwatch,
  round: number,
): Promise<void> {
  const receipt = finished[round % finished.length];
  if (!receipt) throw new Error('there are no finished receipts');
  const found = await stopwatch.time('get', () => store.get(receipt.merchant, receipt.id));
  if (!found) throw new Error(`receipt ${receipt.id} is not there`);

  const merchant = merchants[round % merchants.length] ?? '';
  const newest = await stopwatch.time('list', () => store.list({ merchant, ...firstPage }));
  const acceptedFrom = new Date(Date.now() - (2 + (round % (periodDays - 3))) * dayMs);
  const acceptedBefore = new Date(acceptedFrom.getTime() + dayMs);
  const ofDay = await stopwatch.time('list of a day', () =>
    store.list({ merchant, acceptedFrom, acceptedBefore, ...firstPage }),
  );
  if (newest.length + ofDay.length !== 2 * firstPage.limit) throw new Error('a page is not full');
}

/** Brings one receipt to its end in an empty ledger: the real rows that the others are copied from. */
export async function addTemplate(store: LedgerStore): Promise<void> {
  const ledger = { name: 'template', store, finished: [], newEntry: entryMaker(store, 8_000_000_000) };
  await deliver(ledger, new Stopwatch(), 1);
}

/** Returns one share for each account and merchant, for all its entries. */
export function sharesOf(entries: readonly NewEntry[]): ClaimShare[] {
  const shares = new Map<string, ClaimShare>();
  for (const { account, merchant } of entries) {
    const limit = (shares.get(`${account} ${merchant}`)?.limit ?? 0) + 1;
    shares.set(`${account} ${merchant}`, { account, merchant, limit });
  }
  return Array.from(shares.values());
}

/** Returns the result of a delivery: registered, with all that a provider reports. */
export function registered(): Transition {
  return {
    to: 'registered',
    dueInMs: null,
    failures: 0,
    registration: {
      providerDocumentId: randomUUID(),
      mark: {
        country: 'ru',
        fiscal_storage_number: '9999078902010277',
        fiscal_document_number: '17042',
        fiscal_attribute: '1404381522',
        registered_at: '2026-05-04T13:00:00+03:00',
      },
      link: 'https://consumer.1-ofd.ru/v1?t=20260504T1300&s=200.00&fn=9999078902010277&i=17042&fp=1404381522&n=1',
      details: { status: 'registered' },
    },
  };
}

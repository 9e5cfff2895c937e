import type { ListedDocument, Reason, Registration } from '@fiscalkit/client';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { NewEntry } from '../entry/entry.js';
import { saleRejectedReason } from '../entry/sale-dependency.js';
import type { Transition } from '../entry/transition.js';
import { claimDue } from '../store/claim-due.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';

export const shop = 'shop';

/** A provider that lists what it is given. */
export class ListingProvider extends ScriptedProvider {
  readonly listed: ListedDocument[] = [];

  async *list() {
    for (let start = 0; start < this.listed.length; start += 100) yield this.listed.slice(start, start + 100);
  }
}

export type Outcome = 'registered' | 'rejected' | 'pending' | 'unknown' | 'doubtful' | 'waiting' | 'held';

/** A receipt to make. */
export interface Made {
  readonly paymentId: string;
  readonly type?: string;
  readonly minor: number;
  readonly outcome?: Outcome | undefined;
  /** Whether the provider does not show it. */
  readonly unlisted?: boolean;
  readonly marked?: Partial<Extract<NonNullable<Registration['mark']>, { country: 'ru' }>>;
}

function markOf(number: string) {
  return {
    country: 'ru',
    fiscal_storage_number: '9999078900006286',
    fiscal_document_number: number,
    fiscal_attribute: `9${number}`,
    registered_at: '2026-05-04T13:00:00+03:00',
  } as const;
}

export function documentOf(
  providerDocumentId: string,
  { paymentId, type = 'sell', minor, marked }: Made,
  number: string,
): ListedDocument {
  return {
    providerDocumentId,
    paymentId,
    operationType: type,
    totalMinor: minor,
    status: 'registered',
    mark: { ...markOf(number), ...marked },
    createdAt: null,
  };
}

const doubtful: Reason = { code: 'provider.doubtful', message: 'It may be ours.' };
const inAnHour = { dueInMs: 3_600_000, failures: 1 };
const transitions: Readonly<Record<Exclude<Outcome, 'registered'>, Transition>> = {
  rejected: {
    to: 'rejected',
    dueInMs: null,
    failures: 0,
    reason: { code: 'provider.rejected', message: 'No.' },
  },
  pending: { to: 'pending', ...inAnHour },
  unknown: { to: 'unknown', ...inAnHour, reason: { code: 'provider.timeout', message: 'Nothing came.' } },
  doubtful: { to: 'unknown', ...inAnHour, reason: doubtful },
  waiting: { to: 'accepted', ...inAnHour },
  held: { to: 'accepted', ...inAnHour, reason: saleRejectedReason },
};

/** Accepts receipts and brings them to their outcome. */
export class Filler {
  readonly #store: LedgerStore;
  readonly #provider: ListingProvider;
  #number = 0;

  constructor(store: LedgerStore, provider: ListingProvider) {
    this.#store = store;
    this.#provider = provider;
  }

  async fill(receipts: readonly Made[]): Promise<void> {
    for (let start = 0; start < receipts.length; start += 500)
      await this.#fill(receipts.slice(start, start + 500));
  }

  async #fill(receipts: readonly Made[]): Promise<void> {
    const made = new Map<string, Made>();
    const entries = receipts.map((receipt) => {
      const entry = entryOf(receipt, this.#next());
      made.set(entry.id, receipt);
      return entry;
    });
    await Promise.all(entries.map((entry) => this.#store.accept(entry)));
    const names = [{ account: ':shop@memory:', merchant: shop }];
    const query = { provider: 'memory', limit: 500, leaseMs: 60_000, worker: 'filler', names };
    // A refund is due once its sale is registered.
    for (let round = 0; made.size > 0 && round < 10; round += 1) {
      const claims = await claimDue(this.#store, query);
      await Promise.all(
        claims.map(({ entry, fence }) => {
          const receipt = made.get(entry.id);
          made.delete(entry.id);
          return this.#store.settle({ id: entry.id, fence, entry, transition: this.#end(entry.id, receipt) });
        }),
      );
    }
    if (made.size > 0) throw new Error(`${made.size} receipts were never due`);
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #end(id: string, receipt: Made | undefined): Transition {
    const { outcome = 'registered' } = receipt ?? {};
    if (outcome !== 'registered') return transitions[outcome];
    const number = String(this.#next());
    const providerDocumentId = `document-${id}`;
    if (receipt) this.#provider.listed.push(documentOf(providerDocumentId, receipt, number));
    const registration = { providerDocumentId, mark: markOf(number), link: null, details: {} };
    return { to: 'registered', dueInMs: null, failures: 0, registration };
  }
}

function entryOf({ paymentId, type = 'sell', minor }: Made, number: number): NewEntry {
  return newEntry({
    merchant: shop,
    orderingKey: `receipt:${paymentId}:${number}`,
    facets: { paymentId, operationType: type, totalMinor: minor },
    document: { receipt_format: 'ru_1_05', payment_id: paymentId, positions: [], settlements: [] },
  });
}

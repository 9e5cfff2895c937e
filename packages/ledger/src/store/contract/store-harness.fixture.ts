import { afterEach, beforeEach, expect } from 'vitest';
import type { Entry, NewEntry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { claimDue, type DueQuery } from '../claim-due.fixture.js';
import type { BacklogName, Claim, LedgerStore, SettleOutcome } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';

/** Opens an empty store. */
export type OpenStore = () => Promise<LedgerStore>;

/** A lease that outlasts any test, and one that a test can wait for. */
export const longLeaseMs = 30_000;
export const shortLeaseMs = 250;
export const dayMs = 86_400_000;

/** The store of the current test, and shorthands for tests of it. */
export interface StoreHarness {
  readonly store: LedgerStore;
  accepted(given?: Partial<NewEntry>): Promise<Entry>;
  claim(given?: Partial<DueQuery>): Promise<Claim[]>;
  /** The first that is due. */
  claimed(given?: Partial<DueQuery>): Promise<Claim>;
  settle(claim: Claim, transition: Transition): Promise<SettleOutcome>;
}

/** Opens a store for every test of the suite that calls this, and closes it. */
export function useStore(open: OpenStore): StoreHarness {
  let opened: LedgerStore | null = null;
  const names = new Map<string, BacklogName>();

  beforeEach(async () => {
    opened = await open();
    names.clear();
  });

  afterEach(async () => {
    await opened?.close();
    opened = null;
  });

  const harness: StoreHarness = {
    get store() {
      if (!opened) throw new Error('no test is running');
      return opened;
    },
    async accepted(given) {
      const outcome = await harness.store.accept(newEntry(given));
      expect(outcome.kind).toBe('accepted');
      const { account, merchant } = outcome.entry;
      names.set(`${account} ${merchant}`, { account, merchant });
      return outcome.entry;
    },
    // Without a look at what waits: a short lease may end meanwhile.
    claim: (given) =>
      claimDue(harness.store, {
        provider: 'memory',
        limit: 10,
        leaseMs: longLeaseMs,
        worker: 'one',
        ...(names.size > 0 && { names: Array.from(names.values()) }),
        ...given,
      }),
    async claimed(given) {
      const [first] = await harness.claim(given);
      if (!first) throw new Error('nothing was due');
      return first;
    },
    settle: ({ entry, fence }, transition) =>
      harness.store.settle({ id: entry.id, fence, entry, transition }),
  };
  return harness;
}

/** An entry of this payment: entries of one payment are delivered in order. */
export function samePayment(paymentId: string): Partial<NewEntry> {
  return {
    orderingKey: `receipt:${paymentId}`,
    facets: { paymentId, operationType: 'sell', totalMinor: 500 },
  };
}

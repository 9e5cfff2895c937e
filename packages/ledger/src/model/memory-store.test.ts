import { describe } from 'vitest';
import type { Entry } from '../entry/entry.js';
import { describeAccept } from '../store/contract/accept.contract.js';
import { describeClaim } from '../store/contract/claim.contract.js';
import { describeDependents } from '../store/contract/dependents.contract.js';
import { describeLease } from '../store/contract/lease.contract.js';
import { describeSettle } from '../store/contract/settle.contract.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { MemoryStore } from './memory-store.fixture.js';

const clock = () => new Date();

/** The memory store, with the look-ups of the contract; it has nothing else. */
async function openStore(): Promise<LedgerStore> {
  const store = new MemoryStore({ clock });
  const waitOf = ({ dueAt }: Entry) => (dueAt === null ? [] : Math.max(0, dueAt.getTime() - Date.now()));
  const lookUps: Pick<LedgerStore, 'get' | 'nextDueInMs'> = {
    get: async (merchant, id) =>
      (await store.entries()).find((entry) => entry.merchant === merchant && entry.id === id) ?? null,
    nextDueInMs: async (provider) => {
      const waits = (await store.entries()).filter((entry) => entry.provider === provider).flatMap(waitOf);
      return waits.length > 0 ? Math.min(...waits) : null;
    },
  };
  return Object.assign(store, lookUps) as MemoryStore & LedgerStore;
}

describe('the memory store, as a ledger store for delivery', () => {
  describeAccept(openStore);
  describeClaim(openStore);
  describeLease(openStore);
  describeSettle(openStore);
  describeDependents(openStore);
});

import { describe } from 'vitest';
import type { Entry } from '../entry/entry.js';
import { describeAccept } from '../store/contract/accept.contract.js';
import { describeClaim } from '../store/contract/claim.contract.js';
import { describeDependents } from '../store/contract/dependents.contract.js';
import { describeLease } from '../store/contract/lease.contract.js';
import { describeSettle } from '../store/contract/settle.contract.js';
import type { LedgerStore, Wait } from '../store/ledger-store.js';
import { MemoryStore } from './memory-store.fixture.js';

const clock = () => new Date();

/** The memory store, with the look-ups that the contract needs. */
async function openStore(): Promise<LedgerStore> {
  const store = new MemoryStore({ clock });
  const waitOf = ({ account, merchant, dueAt }: Entry): Wait[] =>
    dueAt === null ? [] : [{ account, merchant, dueInMs: Math.max(0, dueAt.getTime() - Date.now()) }];
  const reads: Pick<LedgerStore, 'get' | 'waiting'> = {
    get: async (merchant, id) =>
      (await store.entries()).find((entry) => entry.merchant === merchant && entry.id === id) ?? null,
    waiting: async (provider) => {
      const waits = (await store.entries()).filter((entry) => entry.provider === provider).flatMap(waitOf);
      const soonestFirst = waits.sort((one, other) => one.dueInMs - other.dueInMs);
      const names = new Set<string>();
      return soonestFirst.filter(({ account, merchant }) => {
        const isFirst = !names.has(`${account} ${merchant}`);
        names.add(`${account} ${merchant}`);
        return isFirst;
      });
    },
  };
  return Object.assign(store, reads) as MemoryStore & LedgerStore;
}

describe('the memory store, as a ledger store for delivery', () => {
  describeAccept(openStore);
  describeClaim(openStore);
  describeLease(openStore);
  describeSettle(openStore);
  describeDependents(openStore);
});

import { expect } from 'vitest';
import type { Wait } from '../store/ledger-store.js';
import type { MemoryLedger } from './memory-ledger.fixture.js';
import type { ModelStore } from './model-store.fixture.js';

const byName = (one: Wait, other: Wait) =>
  `${one.account} ${one.merchant}`.localeCompare(`${other.account} ${other.merchant}`);

/** Does everything on both stores, and fails when their answers differ. */
export function differentialStore(real: ModelStore, modelled: MemoryLedger): ModelStore {
  async function both<T>(work: (store: ModelStore) => Promise<T>): Promise<T> {
    const answer = await work(real);
    expect(answer).toEqual(await work(modelled));
    return answer;
  }
  return {
    ...(real.refusing && { refusing: real.refusing }),
    accept: (entry) => both((store) => store.accept(entry)),
    async claim(query) {
      const claims = await real.claim(query);
      modelled.preferred = claims[0]?.entry.id ?? null;
      expect(claims).toEqual(await modelled.claim(query));
      return claims;
    },
    settle: (settlement) => both((store) => store.settle(settlement)),
    makeDueNow: (provider, accounts) => both((store) => store.makeDueNow(provider, accounts)),
    boundDocumentIds: (entry) => both((store) => store.boundDocumentIds(entry)),
    entry: (id) => both((store) => store.entry(id)),
    successor: (entry) => both((store) => store.successor(entry)),
    unfinishedOf: (query) => both((store) => store.unfinishedOf(query)),
    waiting: (provider) => both(async (store) => (await store.waiting(provider)).toSorted(byName)),
    intervene: (intervention) => both((store) => store.intervene(intervention)),
    holdAccount: (query) => both((store) => store.holdAccount(query)),
    declareRestored: (window) => both((store) => store.declareRestored(window)),
    entries: () => both((store) => store.entries()),
    transitionsOf: (id) => both((store) => store.transitionsOf(id)),
    reopen: () => both((store) => store.reopen()),
    close: () => both((store) => store.close()),
  };
}

import { expect } from 'vitest';
import type { MemoryStore } from './memory-store.fixture.js';
import type { ModelStore } from './model-store.fixture.js';

/** Does everything on both stores, and fails when they differ in anything that they answer. */
export function inLockstep(real: ModelStore, modelled: MemoryStore): ModelStore {
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
    hasten: (provider, accounts) => both((store) => store.hasten(provider, accounts)),
    boundDocumentIds: (entry) => both((store) => store.boundDocumentIds(entry)),
    entries: () => both((store) => store.entries()),
    told: (id) => both((store) => store.told(id)),
    reopen: () => both((store) => store.reopen()),
    close: () => both((store) => store.close()),
  };
}

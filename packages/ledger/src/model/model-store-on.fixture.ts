import { testMerchant } from '../services/ledger-harness.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { ModelStore } from './model-store.fixture.js';

/** Returns what a model needs of a store, on the real store that is open at the moment. */
export function modelStoreOn(open: () => LedgerStore): Omit<ModelStore, 'reopen'> {
  return {
    accept: (entry) => open().accept(entry),
    claim: (query) => open().claim(query),
    settle: (settlement) => open().settle(settlement),
    makeDueNow: (provider, accounts) => open().makeDueNow(provider, accounts),
    boundDocumentIds: (entry) => open().boundDocumentIds(entry),
    entry: (id) => open().entry(id),
    successor: (entry) => open().successor(entry),
    unfinishedOf: (query) => open().unfinishedOf(query),
    waiting: (provider, names) => open().waiting(provider, names),
    intervene: (intervention) => open().intervene(intervention),
    holdAccount: (query) => open().holdAccount(query),
    declareRestored: (window) => open().declareRestored(window),
    async entries() {
      const newestFirst = await open().list({ merchant: testMerchant.id, offset: 0, limit: 100 });
      const entries = await Promise.all(newestFirst.reverse().map(({ id }) => open().entry(id)));
      return entries.filter((entry) => entry !== null);
    },
    close: () => open().close(),
    transitionsOf: async (id) => (await open().journal(id)).map(({ from, to }) => [from, to]),
  };
}

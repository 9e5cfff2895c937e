import type { Entry } from '../entry/entry.js';
import { oneDocument } from './invariants.fixture.js';
import {
  believing,
  builtAgain,
  changeDueTimes,
  claimsOtherwise,
  Hasty,
  Trusting,
  withCapabilities,
} from './mutants.fixture.js';
import { isDoubled, type Mutation, staysOpen } from './mutation.fixture.js';
import {
  clockJump,
  equalSales,
  oneProcess,
  repeatedSale,
  saleAndRefund,
  sharedClockJump,
} from './scenarios.fixture.js';

/** Mutations of what delivery relies on. */
export const deliveryMutations: readonly Mutation[] = [
  {
    name: 'the unique key',
    scenario: { ...repeatedSale, plans: repeatedSale.plans.map((plan) => ({ ...plan, twin: 'meant' })) },
    breaks: isDoubled,
    store: (store) => ({ accept: (entry) => store.accept({ ...entry, idempotencyKey: entry.id }) }),
  },
  {
    name: 'the commit before the answer',
    scenario: oneProcess,
    breaks: 'the sale was accepted and is not there',
    store: (store) => ({
      async reopen() {
        const content = store.save();
        store.load({ ...content, rows: content.rows.filter(({ fence }) => fence > 0) });
        await store.reopen();
      },
    }),
  },
  {
    name: 'the frozen bytes',
    scenario: repeatedSale,
    breaks: 'the sale was sent with other bytes than were accepted',
    store: (store) => claimsOtherwise(store, builtAgain),
  },
  {
    name: 'the order of a payment',
    scenario: equalSales,
    breaks: 'the twin came before the sale',
    store: (store) => ({ accept: (entry) => store.accept({ ...entry, orderingKey: entry.id }) }),
  },
  {
    name: 'the wait for a registered sale',
    scenario: saleAndRefund,
    breaks: 'the refund came before the sale',
    store: (store) => ({
      accept: (entry) => store.accept({ ...entry, facets: { ...entry.facets, operationType: null } }),
    }),
  },
  {
    name: 'the lease',
    scenario: repeatedSale,
    breaks: 'two workers hold the sale',
    store: (store) => ({
      async claim(query) {
        const claims = await store.claim({ ...query, leaseMs: 0 });
        return claims.map((claim) => believing(claim, query.leaseMs));
      },
    }),
  },
  {
    name: 'the fence',
    scenario: { ...repeatedSale, without: ['make due now', 'claim unheard', 'accept unheard', 'reject'] },
    breaks: isDoubled,
    watched: oneDocument,
    store: (store) => ({
      settle: (settlement) => {
        const row = store.save().rows.find(({ entry }) => entry.id === settlement.id);
        return store.settle({ ...settlement, fence: row?.fence ?? settlement.fence });
      },
    }),
  },
  {
    name: 'the search before sending again',
    scenario: repeatedSale,
    breaks: isDoubled,
    setup: (setup) => withCapabilities(setup, { findsBy: 'nothing', deduplicatesBy: 'payment' }),
  },
  {
    name: 'the wait until an attempt has settled',
    scenario: repeatedSale,
    breaks: isDoubled,
    setup: (setup) => withCapabilities(setup, { settlesWithinMs: 0 }),
  },
  {
    name: 'the allowance for a call that begins late',
    scenario: sharedClockJump,
    breaks: isDoubled,
    setup: () => ({ createMemory: () => new Hasty() }),
  },
  {
    name: 'the clock that never jumps',
    scenario: clockJump,
    breaks: isDoubled,
    setup: () => ({ createMemory: () => new Trusting() }),
  },
  {
    name: 'the documents that are bound already',
    scenario: equalSales,
    breaks: 'the sale and the twin have the same document',
    store: () => ({ boundDocumentIds: async () => new Set() }),
  },
  {
    name: 'the journal of lost leases',
    scenario: repeatedSale,
    breaks: "the journal doesn't tell how the sale became unknown",
    store: (store) => ({
      transitionsOf: async (id) => (await store.transitionsOf(id)).filter(([, to]) => to !== 'unknown'),
    }),
  },
  {
    name: 'the end of a lease',
    scenario: repeatedSale,
    breaks: staysOpen,
    store: (store) => ({
      async claim(query) {
        const claims = await store.claim(query);
        const isTaken = (entry: Entry) => claims.some((each) => each.entry.id === entry.id);
        changeDueTimes(store, (entry) => (isTaken(entry) ? null : entry.dueAt));
        return claims;
      },
    }),
  },
  {
    name: 'the call to the next of a payment',
    scenario: { ...oneProcess, workers: 1 },
    breaks: staysOpen,
    store: (store) => ({
      async settle(settlement) {
        const before = store.save().rows;
        const outcome = await store.settle(settlement);
        changeDueTimes(store, (entry, index) =>
          entry.id === settlement.id ? entry.dueAt : (before[index]?.entry.dueAt ?? null),
        );
        return outcome;
      },
    }),
  },
];

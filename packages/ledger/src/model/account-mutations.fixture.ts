import { awayForAWhile, neighbours, otherAddress, otherMerchantId } from './eventful-scenarios.fixture.js';
import { oneDocument } from './invariants.fixture.js';
import { changeRows } from './mutants.fixture.js';
import { isDoubled, type Mutation } from './mutation.fixture.js';

/** Mutations of what keeps documents with the account that they were sent to. */
export const accountMutations: readonly Mutation[] = [
  {
    name: 'the order of an account that two merchants have',
    scenario: neighbours,
    breaks: 'the sale counts as registered and has no document',
    store: (store) => ({
      accept: (entry) => store.accept({ ...entry, orderingKey: `${entry.merchant} ${entry.orderingKey}` }),
    }),
  },
  {
    name: 'the wait of what may be known to another account',
    scenario: otherMerchantId,
    breaks: isDoubled,
    watched: oneDocument,
    store: (store) => ({
      holdAccount: (query) =>
        store.holdAccount({ ...query, moveTo: '700000@https://api.freedompay.uz', moves: 'all' }),
    }),
  },
  {
    name: 'the search where an account has moved to',
    scenario: otherAddress,
    breaks: isDoubled,
    store: (store) => ({
      intervene: ({ transition, ...intervention }) => {
        const to = transition.to === 'unknown' ? 'accepted' : transition.to;
        return store.intervene({ ...intervention, transition: { ...transition, to } });
      },
    }),
  },
  {
    name: 'what was never found out, kept while the account is away',
    scenario: awayForAWhile,
    breaks: 'the sale counts as rejected and has a document',
    store: (store) => ({
      async holdAccount(query) {
        const outcome = await store.holdAccount(query);
        changeRows(store, ({ entry, ...row }) => ({
          ...row,
          entry: { ...entry, reason: entry.reason && { ...entry.reason, earlierUnknown: false } },
        }));
        return outcome;
      },
    }),
  },
];

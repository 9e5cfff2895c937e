import { manyTries } from './eventful-scenarios.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { meant } from './mutants.fixture.js';
import type { Mutation } from './mutation.fixture.js';

/** Mutations of what keeps equal receipts of one payment from being made under several keys. */
export const twinMutations: readonly Mutation[] = [
  {
    name: 'the refusal of twins',
    scenario: manyTries,
    breaks: 'the sale and the second try both have a document',
    store: (store) => ({ accept: (entry) => store.accept(meant(entry)) }),
  },
  {
    name: 'the replay of a request without a key',
    scenario: manyTries,
    breaks: 'the sale and the keyless try both have a document',
    store: (store) => ({
      accept: (entry) => store.accept(entry.onTwin === 'replay' ? meant(entry) : entry),
    }),
  },
  {
    name: 'the turns that processes take to accept for a payment',
    scenario: manyTries,
    breaks: 'the sale and the second try both have a document',
    store: unaware,
  },
];

/** Hides entries from each other that are accepted at the same moment. */
function unaware(store: RewindableStore): Partial<RewindableStore> {
  return {
    async accept(entry) {
      const before = store.save();
      const unseen = await store.accept(meant(entry));
      const isAtOnce = before.rows.some(
        (row) => row.entry.acceptedAt.getTime() === unseen.entry.acceptedAt.getTime(),
      );
      if (unseen.kind === 'accepted' && isAtOnce) return unseen;
      store.load(before);
      return store.accept(entry);
    },
  };
}

import { correctedSales, rejectedSale } from './eventful-scenarios.fixture.js';
import type { MemoryRow } from './memory-row.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { changeRows, meant } from './mutants.fixture.js';
import { isDoubled, type Mutation, staysOpen } from './mutation.fixture.js';

const isTooEarly = 'the refund came before the sale';

/** Mutations of what lets a refund follow a registered sale only, whatever operators do. */
export const saleMutations: readonly Mutation[] = [
  {
    name: 'the hold behind a rejected sale',
    scenario: rejectedSale,
    breaks: isTooEarly,
    store: (store) => afterResults(store, 'rejected', (row, before) => (before?.awaits ? goes(row) : row)),
  },
  {
    name: 'the way on when a sale is registered',
    scenario: correctedSales,
    breaks: staysOpen,
    store: (store) => afterResults(store, 'registered', (row, before) => (before?.awaits ? before : row)),
  },
  {
    name: 'the reason that an operator must have been shown',
    scenario: rejectedSale,
    breaks: isTooEarly,
    store: (store) => ({
      intervene: ({ transition, ...intervention }) =>
        store.intervene({ ...intervention, transition: { ...transition, released: true } }),
    }),
  },
  {
    name: 'the one successor that a rejected document has',
    scenario: rejectedSale,
    breaks: isDoubled,
    store: (store) => ({
      accept: (entry) => {
        const isSuccessor = entry.idempotencyKey.startsWith('version:');
        return store.accept(isSuccessor ? { ...meant(entry), idempotencyKey: entry.id } : entry);
      },
    }),
  },
];

/** Changes entries that wait for a sale after a result that ends one. */
function afterResults(
  store: RewindableStore,
  end: 'registered' | 'rejected',
  change: (row: MemoryRow, before: MemoryRow | undefined) => MemoryRow,
): Partial<RewindableStore> {
  return {
    async settle(settlement) {
      const { rows: before } = store.save();
      const outcome = await store.settle(settlement);
      if (settlement.transition.to === end) changeRows(store, (row, index) => change(row, before[index]));
      return outcome;
    },
  };
}

function goes({ entry, ...row }: MemoryRow): MemoryRow {
  return { ...row, awaits: false, entry: { ...entry, reason: null, dueAt: entry.acceptedAt } };
}

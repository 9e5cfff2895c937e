import { fenceLeap } from '../store/restore-guard.js';
import { failOver, failOverOfTwo } from './eventful-scenarios.fixture.js';
import { ByNumber, changeRows, Prompt } from './mutants.fixture.js';
import { isDoubled, type Mutation } from './mutation.fixture.js';

const numbered = { ...failOverOfTwo, exact: true } as const;

/** Mutations of what a ledger that goes back in time relies on. */
export const timelineMutations: readonly Mutation[] = [
  {
    name: 'the watch over the timeline',
    scenario: failOver,
    breaks: isDoubled,
    clocks: ({ timeline: _, ...clocks }) => clocks,
  },
  {
    name: 'the allowance for a call of the lost ledger that begins late',
    scenario: failOver,
    breaks: isDoubled,
    setup: () => ({ createMemory: () => new Prompt() }),
  },
  {
    name: 'the fences beyond those of the lost ledger',
    scenario: numbered,
    breaks: isDoubled,
    store: (store) => ({
      async claim(query) {
        const claims = await store.claim(query);
        changeRows(store, (row) => ({ ...row, fence: row.fence % fenceLeap }));
        return claims.map((claim) => ({ ...claim, fence: claim.fence % fenceLeap }));
      },
    }),
  },
  {
    name: 'the time that tells attempts of the same number apart',
    scenario: numbered,
    breaks: isDoubled,
    setup: () => ({ createMemory: () => new ByNumber() }),
  },
];

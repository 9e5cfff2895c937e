import { fenceLeap } from '../store/restore-guard.js';
import { failOver, failOverOfTwo } from './eventful-scenarios.fixture.js';
import { isDoubled, type MissingSafety } from './missing-safety.fixture.js';
import { ByNumber, changeRows, Prompt } from './taken-out.fixture.js';

const toldApart = { ...failOverOfTwo, exact: true } as const;

/** What a ledger rests on that goes back in time. */
export const timelineSafeties: readonly MissingSafety[] = [
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
    parts: () => ({ createMemory: () => new Prompt() }),
  },
  {
    name: 'the fences beyond those of the lost ledger',
    scenario: toldApart,
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
    scenario: toldApart,
    breaks: isDoubled,
    parts: () => ({ createMemory: () => new ByNumber() }),
  },
];

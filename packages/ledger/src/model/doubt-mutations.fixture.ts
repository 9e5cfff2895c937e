import { callProvider } from '../delivery/call-provider.js';
import { transitionAfter } from '../entry/after-step.js';
import { lateLists, unclearProvider } from './eventful-scenarios.fixture.js';
import { isDoubled, type Mutation } from './mutation.fixture.js';

/** Mutations of what keeps an inconclusive answer from being taken for a conclusive one. */
export const doubtMutations: readonly Mutation[] = [
  {
    name: 'the doubt where a search can not tell',
    scenario: unclearProvider,
    breaks: isDoubled,
    setup: () => ({
      async call(call) {
        const result = await callProvider(call);
        const isDoubtful = result.step === 'find' && result.finding.kind === 'doubtful';
        return isDoubtful ? { step: 'find', finding: { kind: 'absent' } } : result;
      },
    }),
  },
  {
    name: 'the doubt when a repeat is refused',
    scenario: lateLists,
    breaks: 'the sale counts as rejected and has a document',
    setup: () => ({
      decide(result, { entry, ...context }) {
        const reason = entry.reason && { ...entry.reason, earlierUnknown: false };
        return transitionAfter(result, { ...context, entry: { ...entry, reason, attempts: 1 } });
      },
    }),
  },
];

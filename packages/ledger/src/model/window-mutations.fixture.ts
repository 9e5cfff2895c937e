import { callProvider } from '../delivery/call-provider.js';
import { transitionAfter } from '../entry/after-step.js';
import { withCapabilities } from './mutants.fixture.js';
import { isDoubled, type Mutation } from './mutation.fixture.js';
import { forgetfulAndSearched, forgetfulProvider } from './scenarios.fixture.js';

/** Mutations of what keeps a repeat within the time for which the provider recognises it. */
export const windowMutations: readonly Mutation[] = [
  {
    name: 'the window of repeats',
    scenario: forgetfulProvider,
    breaks: isDoubled,
    setup: (setup) => withCapabilities(setup, { deduplicationWindowMs: Number.POSITIVE_INFINITY }),
  },
  {
    name: 'the second look at the window, before a repeat is sent',
    scenario: forgetfulAndSearched,
    breaks: isDoubled,
    setup: () => ({
      call: (call) => {
        const { findsBy, asynchronous, settlesWithinMs } = call.capabilities;
        const believed = { deduplicatesBy: 'key', findsBy, asynchronous, settlesWithinMs } as const;
        return callProvider(call.claim.step === 'submit' ? { ...call, capabilities: believed } : call);
      },
    }),
  },
  {
    name: 'the attempt that may have been processed, for which a later refusal is no proof',
    scenario: forgetfulProvider,
    breaks: isDoubled,
    setup: () => ({
      decide(result, context) {
        const transition = transitionAfter(result, context);
        const isTurnedAway = result.step === 'submit' && result.verdict.kind === 'retry';
        return isTurnedAway ? { ...transition, to: 'accepted', unsent: true } : transition;
      },
    }),
  },
  {
    name: 'the wait until a refusal is for both',
    scenario: { ...forgetfulProvider, without: ['claim unheard', 'accept unheard'] },
    breaks: 'the sale counts as rejected and has a document',
    setup: () => ({
      decide(result, { entry, ...context }) {
        const reason = entry.reason && ({ ...entry.reason, repeat: 'settled' } as const);
        return transitionAfter(result, { ...context, entry: { ...entry, reason } });
      },
    }),
  },
];

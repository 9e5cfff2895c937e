import { callProvider } from '../delivery/call-provider.js';
import { transitionAfter } from '../entry/after-step.js';
import { lateLists, unclearProvider } from './eventful-scenarios.fixture.js';
import { isDoubled, type MissingSafety } from './missing-safety.fixture.js';

/** What keeps an answer that says little from being taken for one that says all. */
export const doubtSafeties: readonly MissingSafety[] = [
  {
    name: 'the doubt where a search can not tell',
    scenario: unclearProvider,
    breaks: isDoubled,
    parts: () => ({
      async call(call) {
        const result = await callProvider(call);
        const isDoubted = result.step === 'find' && result.finding.kind === 'doubtful';
        return isDoubted ? { step: 'find', finding: { kind: 'absent' } } : result;
      },
    }),
  },
  {
    name: 'the doubt when a repeat is refused',
    scenario: lateLists,
    breaks: 'the sale counts as rejected and has a document',
    parts: () => ({
      decide(result, { entry, ...context }) {
        const reason = entry.reason && { ...entry.reason, earlierUnknown: false };
        return transitionAfter(result, { ...context, entry: { ...entry, reason, attempts: 1 } });
      },
    }),
  },
];

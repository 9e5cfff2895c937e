import type { ProviderCapabilities } from './provider.js';

/**
 * How an unknown outcome is found out: the document is searched before it may be sent again, the same frozen bytes are sent
 * again because the provider absorbs repeats, or a person looks because the provider offers neither.
 */
export type UnknownPlan = 'find' | 'resend' | 'person';

/** What a provider's room says about unknown outcomes, for the people who answer for them. One or two sentences each. */
export interface UnknownOutcome {
  readonly plan: UnknownPlan;
  /** How the ledger finds out what became of the document. */
  readonly foundOutBy: string;
  /** What can be relied on, and the condition that it rests on. */
  readonly guarantee: string;
  /** In which cases a document may still be doubled, missed or taken for another. */
  readonly remainingWindow: string;
  /** What a person looks up at the provider, and which act follows. */
  readonly personChecks: string;
}

/** The plan that follows from what a provider can do. A search comes first wherever there is one. */
export function unknownPlan({
  findsBy,
  deduplicatesBy,
}: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy'>): UnknownPlan {
  if (findsBy !== 'nothing') {
    return 'find';
  }
  return deduplicatesBy === 'nothing' ? 'person' : 'resend';
}

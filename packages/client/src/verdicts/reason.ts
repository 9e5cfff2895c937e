import type { Candidate, Reason } from '../contract/verdict.js';
import { providerWords } from './provider-words.js';
import { type ReasonCode, reasonCodes } from './reason-codes.js';

/** Facts of the exchange for a reason, which identify nobody. */
export interface ReasonFacts {
  readonly httpStatus?: number;
  /** Provider's own code; left out if it does not look like one. */
  readonly providerCode?: string | null;
  /** Provider's own words, not masked yet. */
  readonly providerMessage?: string | null | undefined;
  /** The first ten are kept. */
  readonly candidates?: readonly Candidate[];
  /** Overrides the outage of the code. */
  readonly outage?: boolean;
}

// Codes are short numbers, perhaps with their type before them, or dotted words. Anything else could be text
// that quotes the document. No phone, card or tax id is negative, as errors of programs are.
const plausibleCode = /^(?:(?:[a-z]+\.)?(?:\d{1,6}|-\d{1,10})|[a-z]+(?:[._-][a-z]+){0,9})$/i;
const longestCode = 64;
const mostCandidates = 10;

/**
 * Builds a reason from its code alone, so that nothing of a body, a key or a buyer can slip in; except for
 * the provider's own words of a refusal, which are masked and bounded.
 */
export function reasonOf(code: ReasonCode, facts: ReasonFacts = {}): Reason {
  const { message, outage } = reasonCodes[code];
  const { httpStatus, providerCode, candidates = [] } = facts;
  const providerMessage = providerWords(facts.providerMessage);
  return {
    code,
    message,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(isPlausibleCode(providerCode) && { providerCode }),
    ...(providerMessage !== null && { providerMessage }),
    ...((facts.outage ?? outage) && { outage: true }),
    ...(candidates.length > 0 && { candidates: candidates.slice(0, mostCandidates) }),
  };
}

function isPlausibleCode(code: string | null | undefined): code is string {
  return typeof code === 'string' && code.length <= longestCode && plausibleCode.test(code);
}

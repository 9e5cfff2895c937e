import type { Candidate, Reason } from '../contract/verdict.js';
import { type ReasonCode, reasonCodes } from './reason-codes.js';

/** What may be added to a reason: facts of the exchange that identify nobody. */
export interface ReasonFacts {
  readonly httpStatus?: number;
  /** The provider's own code; left out when it does not look like one. */
  readonly providerCode?: string | null;
  /** The first ten are kept. */
  readonly candidates?: readonly Candidate[];
  /** Overrides what the code says by itself. */
  readonly outage?: boolean;
}

// Codes are short numbers or dotted words. Anything else could be text that quotes the document.
const plausibleCode = /^(?:-?\d{1,6}|[a-z]+(?:[._-][a-z]+){0,9})$/i;
const longestCode = 64;
const mostCandidates = 10;

/** Builds a reason from its code alone, so that nothing of a body, a key or a buyer can slip in. */
export function reasonOf(code: ReasonCode, facts: ReasonFacts = {}): Reason {
  const { message, outage } = reasonCodes[code];
  const { httpStatus, providerCode, candidates = [] } = facts;
  return {
    code,
    message,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(isPlausibleCode(providerCode) && { providerCode }),
    ...((facts.outage ?? outage) && { outage: true }),
    ...(candidates.length > 0 && { candidates: candidates.slice(0, mostCandidates) }),
  };
}

function isPlausibleCode(code: string | null | undefined): code is string {
  return typeof code === 'string' && code.length <= longestCode && plausibleCode.test(code);
}

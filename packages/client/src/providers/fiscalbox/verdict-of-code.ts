import type { Registered, Rejected, Retry, Unknown } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { CodeRule } from './code-rule.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';

const reasonCodes = {
  rejected: 'provider.rejected',
  retry: 'provider.failed',
  unknown: 'provider.uncertain',
} as const;

/** Further facts of a failure. */
interface FailureFacts {
  readonly confirmation: FrozenConfirmation;
  readonly httpStatus: number;
  /** Provider's own words. */
  readonly message?: string | null;
}

/**
 * Returns the verdict of a failure that the provider reports under a code of its own. An unknown code is sent
 * again later: that costs a request now and then until a person looks, while a rejection would lose a receipt
 * that was only delayed.
 */
export function verdictOfCode(
  code: string | null,
  rules: readonly CodeRule[],
  { confirmation, httpStatus, message }: FailureFacts,
): Registered | Rejected | Retry | Unknown {
  const rule = rules.find((candidate) => candidate.code === code);
  const kind = rule?.verdict ?? 'retry';
  if (kind === 'registered') {
    const { mark, link } = confirmation;
    return { kind, registration: { providerDocumentId: null, mark, link, details: {} } };
  }
  const facts = { httpStatus, providerCode: code, outage: rule?.outage ?? false };
  // Words are for those who decide; what continues by itself needs no decision.
  const words = kind === 'rejected' ? { providerMessage: message } : {};
  const reasonCode = rule?.unauthorized ? 'provider.unauthorized' : reasonCodes[kind];
  return { kind, reason: reasonOf(reasonCode, { ...facts, ...words }) };
}

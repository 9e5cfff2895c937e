import type { Registered, Rejected, Retry, Unknown } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { CodeRule } from './code-rule.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';

const reasonCodes = {
  rejected: 'provider.rejected',
  retry: 'provider.failed',
  unknown: 'provider.uncertain',
} as const;

/**
 * The verdict of a failure that the provider reports under a code of its own. A code that no rule knows is sent again later:
 * that costs a request now and then until a person looks, while a rejection would lose a receipt that was only delayed.
 */
export function verdictOfCode(
  code: string | null,
  rules: readonly CodeRule[],
  { confirmation, httpStatus }: { confirmation: FrozenConfirmation; httpStatus: number },
): Registered | Rejected | Retry | Unknown {
  const rule = rules.find((candidate) => candidate.code === code);
  const kind = rule?.verdict ?? 'retry';
  if (kind === 'registered') {
    const { mark, link } = confirmation;
    return { kind, registration: { providerDocumentId: null, mark, link, details: {} } };
  }
  const facts = { httpStatus, providerCode: code, outage: rule?.outage ?? false };
  return { kind, reason: reasonOf(rule?.unauthorized ? 'provider.unauthorized' : reasonCodes[kind], facts) };
}

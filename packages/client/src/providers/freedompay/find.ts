import type { FindOptions, RegistrationRequest } from '../../contract/provider.js';
import type { Doubtful, Finding } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfQuestion } from './answer-to-verdict.js';
import { type FindDependencies, searchReceipt } from './search-receipt.js';

/**
 * Searches the receipt that a frozen request may have created: by the id that FreedomPay gave to it, if
 * known, else among the payment's receipts. A receipt whose id is known is never absent, however little
 * FreedomPay knows of it.
 */
export async function findReceipt(
  parts: FindDependencies,
  request: RegistrationRequest,
  options: FindOptions,
): Promise<Finding> {
  const ownId = options.providerDocumentId;
  if (ownId === undefined) return searchReceipt(parts, request, options);
  const shown = await askFor(ownId, parts, request, options);
  if (shown !== 'not known') return shown;
  const finding = await searchReceipt(parts, request, options);
  return finding.kind === 'absent' ? doubtfulAs(ownId) : finding;
}

async function askFor(
  ownId: string,
  { api, clock }: FindDependencies,
  { body, reference }: RegistrationRequest,
  { signal }: FindOptions,
): Promise<Finding | 'not known'> {
  const outcome = await api.get(ownId, { requestId: reference, signal });
  const verdict = verdictOfQuestion(outcome, {
    receiptId: ownId,
    body,
    now: clock(),
  });
  if (verdict.kind === 'doubtful') return verdict;
  if (verdict.kind !== 'unknown') return { kind: 'found', verdict };
  const isGone = verdict.reason.code === 'provider.not-found' || verdict.reason.code === 'provider.mismatch';
  return isGone ? 'not known' : verdict;
}

function doubtfulAs(providerDocumentId: string): Doubtful {
  return { kind: 'doubtful', reason: reasonOf('provider.doubtful'), providerDocumentId };
}

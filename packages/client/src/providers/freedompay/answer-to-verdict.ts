import type { ProviderReceipt } from '@fiscalkit/schemas';
import type { Doubtful, Pending, Registered, Rejected, Unknown, Verdict } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { receiptOfCreation, receiptOfQuestion } from './answer-to-receipt.js';
import { contradictionsOf } from './contradictions-of.js';
import { contentOfRequest, subjectOfRequest } from './receipt-content.js';
import { verdictOfReceipt } from './verdict-of-receipt.js';

/**
 * Returns the verdict of a creation request. A success that names a receipt is never followed by another
 * sending: if it shows no more, or another payment or operation, the receipt is polled; one that contradicts
 * the request in another way is doubtful.
 */
export function verdictOfCreation(outcome: Outcome, body: Uint8Array, now: Date): Verdict {
  const answer = receiptOfCreation(outcome, subjectOfRequest(body), now);
  switch (answer.kind) {
    case 'shown':
      return unlessUntold(verdictUnlessContradicted(answer.receipt, body), answer.receipt);
    case 'kept':
      return answer.receiptId === null
        ? { kind: 'doubtful', reason: reasonOf('provider.doubtful') }
        : { kind: 'pending', providerDocumentId: answer.receiptId };
    default:
      return answer;
  }
}

/** Makes a final verdict pending if the answer names no payment: its receipt shows whose it is. */
function unlessUntold<Given extends Verdict>(
  verdict: Given,
  { payment_id, receipt_id }: ProviderReceipt,
): Given | Pending {
  const isDone = verdict.kind === 'registered' || verdict.kind === 'rejected';
  return isDone && payment_id === null ? { kind: 'pending', providerDocumentId: receipt_id } : verdict;
}

/** Query for the receipt of a request. */
export interface Question {
  readonly receiptId: string;
  /** Frozen request, compared only with a receipt that is shown. */
  readonly body: Uint8Array;
  readonly now: Date;
}

/**
 * Returns the verdict of a query for one receipt. An answer other than the receipt itself is `unknown` and
 * says nothing about it: not even a 404, for a receipt may appear late. A receipt that contradicts the
 * request is doubtful.
 */
export function verdictOfQuestion(
  outcome: Outcome,
  { receiptId, body, now }: Question,
): Registered | Pending | Rejected | Unknown | Doubtful {
  const answer = receiptOfQuestion(outcome, receiptId, now);
  if (answer.kind !== 'shown') return { kind: 'unknown', reason: answer.reason };
  return verdictUnlessContradicted(answer.receipt, body, receiptId);
}

function verdictUnlessContradicted(
  receipt: ProviderReceipt,
  body: Uint8Array,
  providerDocumentId = receipt.receipt_id,
): Registered | Pending | Rejected | Doubtful {
  const differs = contradictionsOf(contentOfRequest(body), receipt);
  if (differs.length === 0) return verdictOfReceipt(receipt);
  const candidates = [{ providerDocumentId, differs }];
  return { kind: 'doubtful', reason: reasonOf('provider.doubtful', { candidates }), providerDocumentId };
}

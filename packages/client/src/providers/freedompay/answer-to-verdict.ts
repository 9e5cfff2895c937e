import type { Pending, Registered, Rejected, Unknown, Verdict } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { receiptOfCreation, receiptOfQuestion } from './answer-to-receipt.js';
import type { ReceiptSubject } from './receipt-content.js';
import { verdictOfReceipt } from './verdict-of-receipt.js';

/** The verdict of a creation request, by what came back. */
export function verdictOfCreation(outcome: Outcome, sent: ReceiptSubject, now: Date): Verdict {
  const answer = receiptOfCreation(outcome, sent, now);
  return answer.kind === 'shown' ? verdictOfReceipt(answer.receipt) : answer;
}

/**
 * The verdict of a question about one receipt. Whatever is not the receipt itself is `unknown` and says nothing about it:
 * not even a 404, for a receipt may appear late.
 */
export function verdictOfQuestion(
  outcome: Outcome,
  receiptId: string,
  now: Date,
): Registered | Pending | Rejected | Unknown {
  const answer = receiptOfQuestion(outcome, receiptId, now);
  return answer.kind === 'shown'
    ? verdictOfReceipt(answer.receipt)
    : { kind: 'unknown', reason: answer.reason };
}

import type { ProviderReceipt } from '@fiscalkit/schemas';
import type { Rejected, Retry, Unknown } from '../../contract/verdict.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { ReasonCode } from '../../verdicts/reason-codes.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { foldId, relateIds } from './fold-id.js';
import { idsInAnswer, idsNamedIn } from './ids-in-answer.js';
import { isOtherOperation } from './is-other-operation.js';
import { readError } from './read-error.js';
import { readReceipt, showsNothing } from './read-receipt.js';
import type { ReceiptSubject } from './receipt-content.js';
import { isReceiptId } from './receipt-id.js';

/** Receipt that was meant, as the provider shows it. */
export interface Shown {
  readonly kind: 'shown';
  readonly receipt: ProviderReceipt;
}

/** Request that the provider accepted under an id; the rest is unreadable or about another document. */
export interface Kept {
  readonly kind: 'kept';
  /** `null` if it named several, or one that can't be requested. */
  readonly receiptId: string | null;
  readonly reason: Unknown['reason'];
}

/** Parses the answer to a creation request. */
export function receiptOfCreation(
  outcome: Outcome,
  sent: ReceiptSubject,
  now: Date,
): Shown | Kept | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  return isSuccess(outcome) ? receiptOfSuccess(outcome, sent) : verdictOfRefusal(outcome, now);
}

/** Parses the answer to a query for one receipt. */
export function receiptOfQuestion(
  outcome: Outcome,
  receiptId: string,
  now: Date,
): Shown | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  if (!isSuccess(outcome)) {
    return verdictOfStatus(outcome, now);
  }
  const receipt = readReceipt(outcome.body);
  if (receipt === null) {
    return unknown(showsNothing(outcome.body) ? 'provider.not-found' : 'provider.unreadable', outcome);
  }
  return foldId(receipt.receipt_id) === foldId(receiptId)
    ? { kind: 'shown', receipt }
    : unknown('provider.mismatch', outcome);
}

function receiptOfSuccess(outcome: Answered, sent: ReceiptSubject): Shown | Kept | Unknown {
  const receipt = readReceipt(outcome.body);
  if (receipt !== null && isFor(sent, receipt)) {
    return { kind: 'shown', receipt };
  }
  const code = receipt === null ? 'provider.unreadable' : 'provider.mismatch';
  const ids = receipt === null ? idsInAnswer(outcome) : [receipt.receipt_id];
  return keptOf(ids, unknown(code, outcome));
}

function keptOf([id, ...others]: readonly string[], { kind, reason }: Unknown): Kept | Unknown {
  if (id === undefined) return { kind, reason };
  return { kind: 'kept', receiptId: others.length === 0 && isReceiptId(id) ? id : null, reason };
}

/** Whether a receipt can be that of a request: missing values and unknown words do not contradict. */
function isFor(
  { paymentId, operationType }: ReceiptSubject,
  { payment_id, operation_type }: ProviderReceipt,
): boolean {
  const isOfPayment = payment_id === null || relateIds(paymentId, payment_id) !== 'other';
  return isOfPayment && !isOtherOperation(operationType, operation_type);
}

function unknown(code: ReasonCode, { status }: Answered): Unknown {
  return { kind: 'unknown', reason: reasonOf(code, { httpStatus: status }) };
}

/**
 * Returns the verdict of a refusal. A 400 or 422 is about the document only if the provider itself wrote it;
 * a proxy's page proves nothing. If the outcome is open, a receipt that is named is polled.
 */
function verdictOfRefusal(outcome: Answered, now: Date): Kept | Rejected | Retry | Unknown {
  const error = outcome.status === 400 || outcome.status === 422 ? readError(outcome.body) : null;
  if (error === null) {
    const verdict = verdictOfStatus(outcome, now);
    return verdict.kind === 'unknown' ? keptOf(idsNamedIn(outcome), verdict) : verdict;
  }
  const facts = { httpStatus: outcome.status, ...error };
  return { kind: 'rejected', reason: reasonOf('provider.rejected', facts) };
}

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

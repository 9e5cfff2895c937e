import type { ProviderReceipt } from '@fiscalkit/schemas';
import type { Rejected, Retry, Unknown } from '../../contract/verdict.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { readError } from './read-error.js';
import { readReceipt } from './read-receipt.js';
import type { ReceiptSubject } from './receipt-content.js';

/** The provider showed the receipt that was meant. */
export interface Shown {
  readonly kind: 'shown';
  readonly receipt: ProviderReceipt;
}

/** Reads what came back for a creation request. */
export function receiptOfCreation(
  outcome: Outcome,
  sent: ReceiptSubject,
  now: Date,
): Shown | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  return isSuccess(outcome)
    ? shownIf(outcome, (receipt) => isFor(sent, receipt))
    : verdictOfRefusal(outcome, now);
}

/** Reads what came back for a question about one receipt. */
export function receiptOfQuestion(
  outcome: Outcome,
  receiptId: string,
  now: Date,
): Shown | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  return isSuccess(outcome)
    ? shownIf(outcome, ({ receipt_id }) => receipt_id === receiptId)
    : verdictOfStatus(outcome, now);
}

function shownIf(outcome: Answered, isMeant: (receipt: ProviderReceipt) => boolean): Shown | Unknown {
  const receipt = readReceipt(outcome.body);
  if (receipt !== null && isMeant(receipt)) {
    return { kind: 'shown', receipt };
  }
  const code = receipt === null ? 'provider.unreadable' : 'provider.mismatch';
  return { kind: 'unknown', reason: reasonOf(code, { httpStatus: outcome.status }) };
}

/** What the provider does not repeat can't contradict. */
function isFor(
  { paymentId, operationType }: ReceiptSubject,
  { payment_id, operation_type }: ProviderReceipt,
): boolean {
  return (payment_id ?? paymentId) === paymentId && (operation_type ?? operationType) === operationType;
}

/** A 400 or 422 speaks of the document only when the provider itself wrote it; a proxy's page proves nothing. */
function verdictOfRefusal(outcome: Answered, now: Date): Rejected | Retry | Unknown {
  const error = outcome.status === 400 || outcome.status === 422 ? readError(outcome.body) : null;
  if (error === null) {
    return verdictOfStatus(outcome, now);
  }
  const facts = { httpStatus: outcome.status, providerCode: error.providerCode };
  return { kind: 'rejected', reason: reasonOf('provider.rejected', facts) };
}

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

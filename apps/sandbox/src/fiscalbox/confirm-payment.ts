import { canonicalSoliqLink, checkConfirmation, fiscalBoxSuccess, type Wallet } from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { ConfirmationRecord } from '../records/confirmation-record.js';
import { confirmationData } from './confirmation-data.js';
import { conflictAnswer, invalidAnswer, rejectedAnswer } from './failure-answers.js';
import type { FiscalboxParts } from './fiscalbox-parts.js';
import { oddAnswer } from './odd-answer.js';
import { oddConfirmations } from './odd-confirmations.js';

interface ConfirmationCall {
  readonly wallet: Wallet;
  readonly document: unknown;
  readonly outcome: OutcomeFault | null;
}

/**
 * Attaches a receipt link to a wallet payment. The same link again is answered as the first time; another link for the same
 * payment is a failure. Both are chosen: the provider's pages are silent. Payments are not looked up, any id will do.
 */
export function confirmPayment(
  { wallet, document, outcome }: ConfirmationCall,
  parts: FiscalboxParts,
): Answer {
  const check = checkConfirmation(wallet, document);
  if (!check.ok) return invalidAnswer(check.faults);
  if (outcome?.kind === 'reject') return rejectedAnswer(outcome);
  const { paymentId, qr_code: qrCode } = check.confirmation;
  const link = canonicalSoliqLink(qrCode);
  const { confirmations } = parts.records;
  const earlier = confirmations.get(wallet, paymentId);
  if (earlier !== null && earlier.link !== link) return conflictAnswer();
  const at = parts.clock().getTime();
  const record = earlier ?? ({ kind: 'confirmation', wallet, paymentId, link, at } as const);
  const odd = outcome?.kind === 'confirm-as' ? outcome.as : null;
  if (earlier !== null) confirmations.countRepeat(earlier);
  else if (odd === null || oddConfirmations[odd].attached) parts.records.register(record);
  return { status: 200, body: odd === null ? success(record) : oddAnswer(odd, record) };
}

function success(record: ConfirmationRecord) {
  return fiscalBoxSuccess(confirmationData(record));
}

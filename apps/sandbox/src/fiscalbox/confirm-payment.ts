import {
  canonicalSoliqLink,
  checkConfirmation,
  errorsByPath,
  type Fault,
  fiscalBoxFailure,
  fiscalBoxSuccess,
  type Wallet,
} from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { KeptDocuments } from '../journal/kept-documents.js';
import type { ConfirmationRecord } from '../records/record.js';
import type { RecordRepository } from '../records/record-repository.js';
import { confirmationData } from './confirmation-data.js';
import { oddAnswer } from './odd-answer.js';
import { oddConfirmations } from './odd-confirmations.js';

export interface FiscalboxDependencies {
  readonly records: RecordRepository;
  readonly kept: KeptDocuments;
  clock(): Date;
}

interface ConfirmationCall {
  readonly wallet: Wallet;
  readonly document: unknown;
  readonly outcome: OutcomeFault | null;
}

/**
 * Attaches a receipt link to a wallet payment. The same link again gets the same answer; another link for the
 * same payment fails. Both are our choice, as the provider does not document them. Any payment id is
 * accepted: payments are not looked up.
 */
export function confirmPayment(
  { wallet, document, outcome }: ConfirmationCall,
  dependencies: FiscalboxDependencies,
): Answer {
  const check = checkConfirmation(wallet, document);
  if (!check.ok) return invalidAnswer(check.faults);
  if (outcome?.kind === 'reject') return rejectedAnswer(outcome);
  const { paymentId, qr_code: qrCode } = check.confirmation;
  dependencies.kept.add(`payments.${wallet}_confirm`, check.confirmation.document);
  const link = canonicalSoliqLink(qrCode);
  const { confirmations } = dependencies.records;
  const earlier = confirmations.get(wallet, paymentId);
  if (earlier !== null && earlier.link !== link) return conflictAnswer();
  const at = dependencies.clock().getTime();
  const record = earlier ?? ({ kind: 'confirmation', wallet, paymentId, link, at } as const);
  const odd = outcome?.kind === 'confirm-as' ? outcome.as : null;
  if (earlier !== null) confirmations.countRepeat(earlier);
  else if (odd === null || oddConfirmations[odd].attached) dependencies.records.register(record);
  return { status: 200, body: odd === null ? success(record) : oddAnswer(odd, record) };
}

function success(record: ConfirmationRecord) {
  return fiscalBoxSuccess(confirmationData(record));
}

const validationCode = 7;
const invalidArgumentCode = 104;

/** Returns the answer to an invalid request: its message is JSON, a map from field to messages. */
function invalidAnswer(faults: readonly Fault[]): Answer {
  const byField = Object.entries(errorsByPath(faults)).map(([path, messages]) => [fieldOf(path), messages]);
  return failure(validationCode, JSON.stringify(Object.fromEntries(byField)));
}

/** Returns the answer to a second link for a payment that has one. */
function conflictAnswer(): Answer {
  return failure(invalidArgumentCode, 'PAYMENT_ALREADY_FISCALIZED');
}

/**
 * Returns the answer of a `reject` fault; a code that is no number is replaced by that of an invalid
 * argument.
 */
function rejectedAnswer(fault: Extract<OutcomeFault, { kind: 'reject' }>): Answer {
  const code = /^\d{1,9}$/.test(fault.code ?? '') ? Number(fault.code) : invalidArgumentCode;
  return failure(code, fault.message ?? 'REJECTED_BY_FAULT_RULE');
}

/** Returns a failure in the envelope of the API, which sends every failure with HTTP 200. */
function failure(code: number, message: string): Answer {
  return { status: 200, body: fiscalBoxFailure({ code, message, data: null }) };
}

function fieldOf(path: string): string {
  return path === '$' ? 'non_field_errors' : path.replace(/^\$\./, '');
}

import { fiscalBoxSuccess } from '@fiscalkit/schemas';
import type { ConfirmationRecord } from '../records/record.js';
import { confirmationData, walletAnswers } from './confirmation-data.js';
import type { OddConfirmation } from './odd-confirmations.js';

type Members = Readonly<Record<string, unknown>>;

const failureCode = -5017;

/** Returns the body of an undocumented answer to a confirmation. */
export function oddAnswer(as: OddConfirmation, record: ConfirmationRecord): unknown {
  const data = confirmationData(record);
  const { error, word, failed, success } = walletAnswers[record.wallet];
  const changed = (changes: Members) => fiscalBoxSuccess({ ...data, ...changes });
  switch (as) {
    case 'error-number':
      return changed({ [error]: failureCode });
    case 'error-object':
      return changed({ [error]: { code: failureCode } });
    case 'error-list':
      return changed({ [error]: [failureCode] });
    case 'error-flag':
      return changed({ [error]: true });
    case 'error-renamed':
      return changed({ errorCode: failureCode });
    case 'error-recased':
      return changed({ [error.toUpperCase()]: failureCode });
    case 'error-nested':
      return changed({ result: { ...asMembers(data.result), error: { code: failureCode } } });
    case 'error-beside':
      return { ...changed({}), error: failureCode };
    case 'word-failed':
      return changed({ [word]: failed });
    case 'word-recased':
      return changed({ [word]: otherCase(failed) });
    case 'word-error':
      return changed({ [word]: 'error' });
    case 'word-reversed':
      return changed({ [word]: 'REVERSED', ...withoutZero(error) });
    case 'word-processing':
      return changed({ [word]: 'PROCESSING', ...withoutZero(error) });
    case 'word-number':
      return changed({ [word]: 1, ...withoutReceipt(data) });
    case 'word-local':
      return changed({ [word]: 'В обработке' });
    case 'word-elsewhere':
      return changed({ fiscal_status: 'PROCESSING' });
    case 'flag-reversed':
      return changed({ reversed: true });
    case 'data-empty':
      return fiscalBoxSuccess({});
    case 'data-missing':
      return fiscalBoxSuccess(null);
    case 'other-payment':
      return fiscalBoxSuccess(confirmationData({ ...record, paymentId: `${record.paymentId}9` }));
    case 'other-link':
      return changed({ qr_code: nextReceipt(record.link) });
    case 'other-link-renamed':
      return changed({ url: nextReceipt(record.link) });
    case 'success-text':
      return { ...changed({}), is_success: 'true' };
    case 'success-recased':
      return changed({ [word]: success });
    case 'result-around':
      return { result: changed({}) };
  }
}

/**
 * Removes the error code 0, which Anor documents as success, so that it does not contradict another status.
 */
function withoutZero(error: string): Members {
  return { [error]: null };
}

/** Removes the receipt, which Payme sends in place of a status. */
function withoutReceipt(data: Members): Members {
  return 'result' in data ? { result: null } : {};
}

function asMembers(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function otherCase(word: string): string {
  return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
}

/** Returns the link with the next receipt number. */
function nextReceipt(link: string): string {
  return link.replace(/(?<=[?&]r=)\d+/, (digits) => String(BigInt(digits) + 1n));
}

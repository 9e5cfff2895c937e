import { type Fault, FiscalError, type ReceiptStatus, type RuleCode, ruleOf } from '@fiscalkit/schemas';
import { type ActionRefusal, busyRefusal, type EntryAction } from '../entry/action-rules.js';
import { type Entry, wireStatus } from '../entry/entry.js';
import type { OperatorAction } from '../entry/operator-action.js';

/** Returns the error for an id that no entry has. */
export function entryNotFound(): FiscalError {
  return new FiscalError({
    code: 'entry.not-found',
    message: 'There is no entry of this id.',
    retryable: false,
  });
}

/** Returns the error for an account that is configured: its entries are being delivered. */
export function accountConfigured(): FiscalError {
  return new FiscalError({
    code: 'account.configured',
    message: 'This account is configured, so its entries are delivered: act on each entry.',
    retryable: false,
  });
}

/** Returns the error for an account that can't have moved to the configured one. */
export function accountOther(): FiscalError {
  return new FiscalError({
    code: 'account.other',
    message:
      "The merchant has no account now, or one with another id at the provider: it can't be the same that moved.",
    retryable: false,
  });
}

/** Returns the error for an account that the merchant does not have, or that does not take the document. */
export function accountUnknown(accounts: readonly string[]): FiscalError {
  return new FiscalError({
    code: 'account.unknown',
    message: `The merchant has no such account for this document; it has: ${accounts.join(', ')}.`,
    retryable: false,
  });
}

/** Returns the error for an operator's action that is not possible on the entry now. */
export function actionRefused({ code, message }: ActionRefusal): FiscalError {
  return new FiscalError({ code, message, retryable: code === busyRefusal.code });
}

/** Returns the error for an entry that a worker holds, or that has changed since the operator read it. */
export function entryBusy(): FiscalError {
  return actionRefused(busyRefusal);
}

/** Returns the error for an operator's action that the entry's state does not allow. */
export function entryState(message: string): FiscalError {
  return actionRefused({ code: 'entry.state', message });
}

/** Returns the error for an act on many that needs to know of each entry what became of it. */
export function evidenceMissing(action: EntryAction): FiscalError {
  return new FiscalError({
    code: 'intervention.needs-evidence',
    message: `To ${action} needs evidence for each entry, so it is not done to all that match a filter: look up each entry, and ${action} it by its id.`,
    retryable: false,
  });
}

/** Returns the error for an operator's action that is incomplete or malformed. */
export function interventionInvalid(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'intervention.invalid',
    message: 'What is to be done has faults; nothing was done.',
    retryable: false,
    faults,
  });
}

/** Returns the fault of a broken rule at this path of an operator's action; a detail names what is allowed. */
export function operatorActionFault(code: RuleCode, path: string, detail?: string): Fault {
  const { message, severity } = ruleOf(code);
  return { code, path, message: detail === undefined ? `${message}.` : `${message}: ${detail}.`, severity };
}

/** Form of a text: a single line without invisible characters, or any. */
type TextForm = 'printable' | 'any';

const forms: Readonly<Record<TextForm, RegExp>> = {
  printable: /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
  any: /\S/,
};

const formNames: Readonly<Record<TextForm, string>> = {
  printable: 'a single line without invisible characters',
  any: 'more than blanks',
};

/** Returns the faults of a required text of at most so many characters. */
export function textFaults(path: string, text: unknown, longest: number, form: TextForm): Fault[] {
  if (text === undefined) return [operatorActionFault('field.missing', path)];
  if (typeof text !== 'string') return [operatorActionFault('field.type', path, 'expected string')];
  const length = Array.from(text).length;
  if (length === 0 || length > longest)
    return [operatorActionFault('field.length', path, `1–${longest} characters`)];
  return forms[form].test(text) ? [] : [operatorActionFault('field.format', path, formNames[form])];
}

/** Returns the faults of who acts, and why. */
export function operatorFaults({ by, reason }: Pick<OperatorAction, 'by' | 'reason'>): Fault[] {
  return [...textFaults('$.by', by, 64, 'printable'), ...textFaults('$.reason', reason, 500, 'any')];
}

/** Returns the error for an idempotency key that belongs to other content. */
export function idempotencyConflict(): FiscalError {
  return new FiscalError({
    code: 'idempotency.conflict',
    message: 'This idempotency key was used for a document with other content.',
    retryable: false,
  });
}

/** Returns the error for a confirmation whose key, link or payment belongs to another. */
export function confirmationConflict(over: string): FiscalError {
  if (over === 'idempotency-key') return idempotencyConflict();
  return over.startsWith('link:')
    ? new FiscalError({
        code: 'confirmation.link.conflict',
        message: 'This receipt link is already attached to another payment.',
        retryable: false,
      })
    : new FiscalError({
        code: 'confirmation.payment.conflict',
        message: 'Another receipt link is already attached to this payment.',
        retryable: false,
      });
}

/**
 * Returns the error for a receipt with a twin: equal, for the same payment, under another key, not rejected.
 */
export function receiptTwin({ id, state }: Pick<Entry, 'id' | 'state'>): FiscalError {
  const status: ReceiptStatus = wireStatus(state);
  return new FiscalError({
    code: 'receipt.twin',
    message:
      `The payment has a receipt with the same content under another key: ${id}, ${status}. ` +
      'Repeat a request with the key that it had; say that a second receipt is meant if it is.',
    retryable: false,
    existing: { receiptId: id, status },
  });
}

/**
 * Returns the error for a receipt that can't be made from another. Where only one rule is broken, the error
 * has its code: `refund.exceeds-sale`, with what is left in the message.
 */
export function derivedFaults(faults: readonly Fault[]): FiscalError {
  const [first, ...others] = faults;
  const isOwn = first !== undefined && /^(?:refund|closing)\./.test(first.code);
  if (!isOwn || others.some(({ code }) => code !== first.code)) return receiptInvalid(faults);
  return new FiscalError({ code: first.code, message: first.message, retryable: false, faults });
}

/** Returns the error for a receipt with faults. */
export function receiptInvalid(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'receipt.invalid',
    message: 'The receipt has faults; nothing was stored.',
    retryable: false,
    faults,
  });
}

/** Returns the error for a receipt whose link is that of another. */
export function markDiffers(difference: string): FiscalError {
  return new FiscalError({
    code: 'receipt.mark-differs',
    message: `The link is that of a receipt ${difference}; nothing was stored.`,
    retryable: false,
  });
}

/** Returns the error for a fiscal mark that the ledger knows of another receipt. */
export function markKnown(): FiscalError {
  return new FiscalError({
    code: 'receipt.mark-known',
    message:
      'The ledger has a receipt with this fiscal mark already, and it is for another payment or has other content.',
    retryable: false,
  });
}

/** Returns the error for a correction with faults. */
export function correctionInvalid(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'correction.invalid',
    message: 'The correction has faults; nothing was stored.',
    retryable: false,
    faults,
  });
}

/** Returns the error for an id that no receipt of the merchant has. */
export function receiptNotFound(): FiscalError {
  return new FiscalError({
    code: 'receipt.not-found',
    message: 'There is no such receipt.',
    retryable: false,
  });
}

/** Returns the error for a receipt of which nothing can be made, since it was rejected. */
export function originRejected(): FiscalError {
  return new FiscalError({
    code: 'origin.rejected',
    message: 'This receipt was rejected, so there is nothing to refund or to close: use the corrected one.',
    retryable: false,
  });
}

/** Returns the error for a receipt that has to be registered before another is made from it. */
export function originUnregistered(): FiscalError {
  return new FiscalError({
    code: 'origin.unregistered',
    message: 'This receipt is not registered yet; try again when it is.',
    retryable: true,
  });
}

/** Returns the error for a payment of which other receipts kept coming. */
export function receiptBusy(): FiscalError {
  return new FiscalError({
    code: 'receipt.busy',
    message:
      'Other receipts of the payment kept coming meanwhile; nothing was stored. Try again in a moment.',
    retryable: true,
  });
}

/** Returns the error for a payment with so many receipts that what is left of one can't be worked out. */
export function paymentCrowded(): FiscalError {
  return new FiscalError({
    code: 'payment.crowded',
    message:
      'The payment has more than 1,000 receipts, so what is left of one is not known: a payment id names one payment.',
    retryable: false,
  });
}

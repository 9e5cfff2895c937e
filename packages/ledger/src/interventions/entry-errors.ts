import { FiscalError } from '@fiscalkit/schemas';

/** The error for an id that no entry has. */
export function entryNotFound(): FiscalError {
  return new FiscalError({
    code: 'entry.not-found',
    message: 'There is no entry of this id.',
    retryable: false,
  });
}

/** The error for an account that is configured: its entries are being delivered. */
export function accountConfigured(): FiscalError {
  return new FiscalError({
    code: 'account.configured',
    message: 'This account is configured, so its entries are delivered: act on each entry.',
    retryable: false,
  });
}

/** The error for an account that can't have moved to the one that is configured. */
export function accountOther(): FiscalError {
  return new FiscalError({
    code: 'account.other',
    message:
      "The merchant has no account now, or one with another id at the provider: it can't be the same that moved.",
    retryable: false,
  });
}

/** The error for an entry that a worker holds, or that has changed while a person decided. */
export function entryBusy(): FiscalError {
  return new FiscalError({
    code: 'entry.busy',
    message: 'A worker is at work on this entry; try again in a moment.',
    retryable: true,
  });
}

/** The error for an act that the entry's state does not allow. */
export function entryState(message = 'The state of this entry does not allow that.'): FiscalError {
  return new FiscalError({ code: 'entry.state', message, retryable: false });
}

import { FiscalError } from '@fiscalkit/schemas';

/** The error for an id that no entry has. */
export function entryNotFound(): FiscalError {
  return new FiscalError({
    code: 'entry.not-found',
    message: 'There is no entry of this id.',
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

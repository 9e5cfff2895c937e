import { FiscalError } from '@fiscalkit/schemas/errors';

/** The error for a list of which a part took too long to be read. */
export function listTimeout(mostMs: number, cause?: unknown): FiscalError {
  return new FiscalError({
    code: 'lists.timeout',
    message: `A part of the list took more than ${mostMs} ms; ask for fewer days.`,
    retryable: true,
    cause,
  });
}

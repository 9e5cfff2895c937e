import { FiscalError } from '@fiscalkit/schemas';

/** A command line that can't be taken. */
export function argumentsError(message: string, cause?: unknown): FiscalError {
  return new FiscalError({ code: 'sandbox.arguments', message, retryable: false, cause });
}

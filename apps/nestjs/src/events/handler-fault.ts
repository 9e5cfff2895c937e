import { FiscalError } from '@fiscalkit/schemas';

/** The error for a handler that can't be called as it is written; code `event.handler.<fault>`, and its message names class and method. */
export function handlerFault(fault: string, where: string, message: string): FiscalError {
  return new FiscalError({
    code: `event.handler.${fault}`,
    message: `${where}: ${message}`,
    retryable: false,
  });
}

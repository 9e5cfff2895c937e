import { FiscalError } from '@fiscalkit/schemas';

const messages = {
  scope: 'A handler of fiscal events is in a class with one instance, neither request-scoped nor transient.',
  instance: 'A handler of fiscal events names an instance of FiscalModule that there is.',
} as const;

/** The error for a handler that can't be called as it is written; code `event.handler.<fault>`. */
export function handlerFault(fault: keyof typeof messages): FiscalError {
  return new FiscalError({ code: `event.handler.${fault}`, message: messages[fault], retryable: false });
}

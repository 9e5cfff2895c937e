import { type Fault, FiscalError } from '@fiscalkit/schemas';

/** Returns the error for a document that a provider can't carry, before anything is stored or sent. */
export function unsupportedDocument(provider: string, path: string, message: string): FiscalError {
  const fault: Fault = { code: 'provider.unsupported', path, message, severity: 'fault' };
  return new FiscalError({ code: fault.code, message, retryable: false, provider, faults: [fault] });
}

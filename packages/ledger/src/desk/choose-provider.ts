import type { Provider } from '@fiscalkit/client';
import { FiscalError } from '@fiscalkit/schemas';
import type { Merchant } from './merchant.js';

/**
 * The merchant's first provider that takes the operation and, for receipts, the format. Throws a `FiscalError` with code
 * `provider.unsupported` when there is none.
 */
export function chooseProvider(merchant: Merchant, operation: string, format?: string): Provider {
  const provider = merchant.providers.find(
    ({ capabilities }) =>
      capabilities.operations.includes(operation) &&
      (format === undefined || capabilities.formats.includes(format)),
  );
  if (provider) return provider;
  const document = format === undefined ? operation : `${operation} in the format ${format}`;
  throw new FiscalError({
    code: 'provider.unsupported',
    message: `No provider of this merchant takes a ${document}.`,
    retryable: false,
  });
}

import { receiptFormats } from '@fiscalkit/schemas';
import type { ProviderCapabilities } from '../../contract/capabilities.js';

/**
 * Returns the capabilities of FreedomPay. Its page documents no idempotency and no reference of the caller's,
 * so a document is recognised by its content alone.
 */
export function freedompayCapabilities(settlesWithinMs = 15_000): ProviderCapabilities {
  return {
    operations: ['receipt'],
    formats: [...receiptFormats],
    deduplicatesBy: 'nothing',
    findsBy: 'content',
    asynchronous: true,
    settlesWithinMs,
  };
}

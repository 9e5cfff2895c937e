import { canonicalJson, type Receipt } from '@fiscalkit/schemas';
import { sha256Hex } from '../journal/sha256-hex.js';

/**
 * What makes two receipts of a merchant the same: a digest of the normalised document, so that `50.00` and `"50"` are one
 * amount. What the merchant's configuration filled in is left out: a repeat stays a repeat when the configuration changes.
 */
export function receiptDigest(input: object, receipt: Receipt): string {
  const { company, receipt_method, ...content } = receipt;
  return sha256Hex(
    canonicalJson({
      ...content,
      ...(says(input, 'company') && { company }),
      ...(says(input, 'receipt_method') && { receipt_method }),
    }),
  );
}

function says(input: object, field: string): boolean {
  return Object.getOwnPropertyDescriptor(input, field)?.value !== undefined;
}

import type { Reason } from '@fiscalkit/client';
import type { ReceiptError, ReceiptObject } from '@fiscalkit/schemas';
import { receiptObject } from '@fiscalkit/schemas/receipt-object';
import { type ListedEntry, wireStatus } from './entry.js';
import { originOf, receiptDocument } from './receipt-origin.js';

/** Returns an entry as the receipts API's object; `created_at` in the zone so many hours from UTC. */
export function receiptOfEntry(entry: ListedEntry, utcOffsetHours: number): ReceiptObject {
  const receipt = receiptDocument(entry);
  const origin = originOf(entry);
  const { registration, reason } = entry;
  return receiptObject({
    receipt,
    receiptId: entry.id,
    merchantId: receipt.merchant_id,
    status: wireStatus(entry.state),
    createdAt: entry.acceptedAt,
    utcOffsetHours,
    mark: registration?.mark ?? null,
    fiscalProviderId: fiscalProviderId(entry),
    link: registration?.link ?? null,
    error: entry.state === 'rejected' && reason ? errorOf(reason) : null,
    ...(entry.supersededBy !== undefined && { supersededBy: entry.supersededBy }),
    ...(origin && { origin: { receipt_id: origin.receipt_id, relation: origin.relation } }),
  });
}

/** Returns why a receipt was rejected: in our words, and in those of the provider where it gave any. */
function errorOf({ code, message, providerCode, providerMessage }: Reason): ReceiptError {
  return {
    code,
    message,
    ...(providerCode !== undefined && { provider_code: providerCode }),
    ...(providerMessage !== undefined && { provider_message: providerMessage }),
  };
}

function fiscalProviderId({ registration }: ListedEntry): string | null {
  const id = registration?.details.fiscal_provider_id;
  return typeof id === 'string' ? id : (registration?.providerDocumentId ?? null);
}

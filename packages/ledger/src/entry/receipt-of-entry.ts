import type { Reason } from '@fiscalkit/client';
import type { CorrectionObject, ReceiptError, ReceiptObject } from '@fiscalkit/schemas';
import { correctionObject } from '@fiscalkit/schemas/correction-object';
import { receiptObject } from '@fiscalkit/schemas/receipt-object';
import { type ListedEntry, wireStatus } from './entry.js';
import { correctionDocument, originOf, receiptDocument } from './receipt-origin.js';

/** Returns an entry as the receipts API's object; `created_at` in the zone so many hours from UTC. */
export function receiptOfEntry(entry: ListedEntry, utcOffsetHours: number): ReceiptObject {
  const receipt = receiptDocument(entry);
  const origin = originOf(entry);
  return receiptObject({
    receipt,
    merchantId: receipt.merchant_id,
    ...circumstancesOf(entry, utcOffsetHours),
    ...(origin && { origin: { receipt_id: origin.receipt_id, relation: origin.relation } }),
  });
}

/** Returns the entry of a correction as the receipts API's object. */
export function correctionOfEntry(entry: ListedEntry, utcOffsetHours: number): CorrectionObject {
  const correction = correctionDocument(entry);
  const merchantId = correction.merchant_id;
  return correctionObject({ correction, merchantId, ...circumstancesOf(entry, utcOffsetHours) });
}

/** Returns the entry of a receipt or a correction as the receipts API's object. */
export function objectOfEntry(entry: ListedEntry, utcOffsetHours: number): ReceiptObject | CorrectionObject {
  return 'correction_info' in entry.document
    ? correctionOfEntry(entry, utcOffsetHours)
    : receiptOfEntry(entry, utcOffsetHours);
}

function circumstancesOf(entry: ListedEntry, utcOffsetHours: number) {
  const { registration, reason } = entry;
  return {
    receiptId: entry.id,
    status: wireStatus(entry.state),
    createdAt: entry.acceptedAt,
    utcOffsetHours,
    mark: registration?.mark ?? null,
    fiscalProviderId: fiscalProviderId(entry),
    link: registration?.link ?? null,
    error: entry.state === 'rejected' && reason ? errorOf(reason) : null,
    ...(entry.supersededBy !== undefined && { supersededBy: entry.supersededBy }),
  };
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

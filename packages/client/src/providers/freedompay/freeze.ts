import { type Receipt, type ReceiptPosition, receiptFormats } from '@fiscalkit/schemas';
import type { RegistrationDocument } from '../../contract/provider.js';
import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { providerName } from './provider-name.js';

/** Gives bytes a memory of their own: small `Buffer`s share one, which threads would copy whole. */
const utf8 = new TextEncoder();

/**
 * Converts a receipt into the bytes of a creation request. Field names are the wire's already; ids are
 * numbers where possible, as in the published request. It leaves out what that request leaves to the
 * provider: sums and total, which it computes, and values that it fills in itself. The merchant has the
 * provider's id, which may differ from ours. Throws a `FiscalError` with `provider.unsupported`.
 */
export function freezeReceipt({ operation, document }: RegistrationDocument, merchantId: string): Uint8Array {
  if (operation !== 'receipt') {
    throw unsupportedDocument(providerName, '$', 'FreedomPay registers receipts only.');
  }
  const {
    receipt_format,
    merchant_id: _ours,
    payment_id,
    receipt_method,
    positions,
    total,
    ...rest
  } = document as unknown as Receipt;
  if (!receiptFormats.includes(receipt_format)) {
    throw unsupportedDocument(
      providerName,
      '$.receipt_format',
      'FreedomPay does not know this receipt format.',
    );
  }
  const wireReceipt = {
    receipt_format,
    merchant_id: wireId(merchantId),
    payment_id: wireId(payment_id),
    ...rest,
    positions: positions.map((position) => wirePosition(position, receipt_format)),
    ...(receipt_method !== 'separately' && { receipt_method }),
  };
  return utf8.encode(JSON.stringify(wireReceipt));
}

/** Converts a position. Only FFD 1.2 requires the measure (tag 2108); otherwise it is `piece`. */
function wirePosition(position: ReceiptPosition, format: Receipt['receipt_format']) {
  if (position.measure === 'piece' && format !== 'ru_1_2') {
    // JSON leaves out undefined members; removing them from the object would cost more than all the rest.
    return { ...position, sum: undefined, measure: undefined };
  }
  const { sum, measure, ...rest } = position;
  return { ...rest, measure };
}

function wireId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) && String(number) === id ? number : id;
}

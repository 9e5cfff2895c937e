import type { ProviderReceipt } from '@fiscalkit/schemas';
import { compareReceipt } from './compare-receipt.js';
import { relateIds } from './fold-id.js';
import { contentOfReceipt, type RequestContent } from './receipt-content.js';

/** Fields that no provider prints in two ways; sums and totals may be in another unit for all receipts. */
const telling = [
  'merchant_id',
  'company.inn',
  'positions.quantity',
  'positions.vat_code',
  'positions.payment_method',
  'positions.payment_object',
] as const;

/**
 * Returns the names of the fields in which a receipt that the provider calls ours, by its id, is another
 * document. Less is required than of a receipt that was searched, since the id is known.
 */
export function contradictionsOf(sent: RequestContent, receipt: ProviderReceipt): string[] {
  const shown = contentOfReceipt(receipt);
  const { firmly } = compareReceipt(sent, shown);
  const isOfPayment = shown.paymentId === null || relateIds(sent.paymentId, shown.paymentId) !== 'other';
  const isOfKind = shown.operation === null || sent.operation === null || shown.operation === sent.operation;
  return [
    ...(isOfPayment ? [] : ['payment_id']),
    ...(isOfKind ? [] : ['operation_type']),
    ...telling.filter((field) => firmly.includes(field)),
  ];
}

import { formatAmount } from '@fiscalkit/schemas';
import type { PlannedReceipt } from './planned-document.js';

/** The body of the request for a receipt: one position, paid by card. */
export function receiptBody(
  {
    merchant,
    paymentId,
    operation,
    totalMinor,
  }: Pick<PlannedReceipt, 'merchant' | 'paymentId' | 'operation' | 'totalMinor'>,
  goods: string,
): string {
  const amount = formatAmount(totalMinor);
  return JSON.stringify({
    receipt_format: 'ru_1_05',
    merchant_id: merchant,
    payment_id: paymentId,
    operation_type: operation,
    customer: { email: 'buyer@example.com' },
    positions: [
      {
        name: goods,
        price: amount,
        quantity: 1,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: amount }],
  });
}

import { formatAmount } from '@fiscalkit/schemas';
import type { PlannedLine, PlannedReceipt } from './planned-document.js';

/** The rate of goods when they are paid for, and the calculated one of a prepayment. */
const vatCodes = { full_payment: 'vat_22', full_prepayment: 'vat_122' } as const;

/** The body of the request for a receipt. */
export function receiptBody(
  receipt: Pick<
    PlannedReceipt,
    'merchant' | 'paymentId' | 'operation' | 'totalMinor' | 'lines' | 'settlement'
  >,
): string {
  const { merchant, paymentId, operation, totalMinor, lines, settlement } = receipt;
  return JSON.stringify({
    receipt_format: 'ru_1_05',
    merchant_id: merchant,
    payment_id: paymentId,
    operation_type: operation,
    customer: { email: 'buyer@example.com' },
    positions: lines.map(position),
    settlements: [{ type: settlement, sum: formatAmount(totalMinor) }],
  });
}

function position({ goods, priceMinor, quantity, paymentMethod }: PlannedLine) {
  return {
    name: goods,
    price: formatAmount(priceMinor),
    quantity,
    vat_code: vatCodes[paymentMethod],
    payment_method: paymentMethod,
    payment_object: 'goods',
  };
}

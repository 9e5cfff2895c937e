import { formatAmount } from '@fiscalkit/schemas';
import type { Shops } from './merchants.js';
import type { PlannedLine, PlannedReceipt } from './planned-document.js';

/** The VAT rate of goods that are paid for, and the calculated rate of a prepayment. */
const vatCodes = { full_payment: 'vat_22', full_prepayment: 'vat_122' } as const;

/** Returns the body of a receipt as a client writes it. */
export function receiptBody(
  receipt: Pick<
    PlannedReceipt,
    'merchant' | 'paymentId' | 'operation' | 'totalMinor' | 'lines' | 'settlement'
  >,
  receiptFormat: Shops['receiptFormat'],
): string {
  const { merchant, paymentId, operation, totalMinor, lines, settlement } = receipt;
  return JSON.stringify({
    receipt_format: receiptFormat,
    merchant_id: merchant,
    payment_id: paymentId,
    operation_type: operation,
    customer: { email: 'buyer@example.com' },
    positions: lines.map(position),
    settlements: [{ type: settlement, sum: formatAmount(totalMinor) }],
  });
}

/** Returns the body of a correction as a client writes it: in FFD 1.05 with sums by rate, else with positions. */
export function correctionBody(correction: PlannedReceipt, receiptFormat: Shops['receiptFormat']): string {
  const { merchant, paymentId, operation, totalMinor, lines, ground, settlement } = correction;
  const withoutTax = Math.floor(totalMinor / 3);
  const totals = [
    { vat_code: 'vat_22', turnover: formatAmount(totalMinor - withoutTax) },
    { vat_code: 'none', turnover: formatAmount(withoutTax) },
  ];
  return JSON.stringify({
    receipt_format: receiptFormat,
    merchant_id: merchant,
    ...(paymentId !== '' && { payment_id: paymentId }),
    operation_type: operation,
    correction_info: ground,
    ...(receiptFormat === 'ru_1_05' ? { vat_totals: totals } : { positions: lines.map(position) }),
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

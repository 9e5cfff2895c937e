import type { UzbekReceiptInput } from '@fiscalkit/nestjs';
import type { NewOrder } from './order.js';

/** A receipt to accept, under a name that is the same however often the request is repeated. */
export interface ReceiptRequest {
  readonly receipt: UzbekReceiptInput;
  readonly idempotencyKey: string;
}

/** The receipt of the sale. */
export function saleOf(order: NewOrder): ReceiptRequest {
  return { receipt: receiptOf(order, 'sell'), idempotencyKey: `sale:${order.payment_id}` };
}

/** The receipt of the refund: of the same payment, so it is delivered after the sale. */
export function refundOf(order: NewOrder): ReceiptRequest {
  return { receipt: receiptOf(order, 'sell_refund'), idempotencyKey: `refund:${order.payment_id}` };
}

function receiptOf(
  { payment_id, email, position, total }: NewOrder,
  operation_type: 'sell' | 'sell_refund',
): UzbekReceiptInput {
  return {
    receipt_format: 'uz_1_0',
    payment_id,
    operation_type,
    customer: { email },
    positions: [{ ...position, vat_code: 'vat_12' }],
    settlements: [{ type: 'cashless', sum: total }],
  };
}

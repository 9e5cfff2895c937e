import { isDate } from 'node:util/types';
import { checkClosingRequest, checkRefundRequest, type Fault } from '@fiscalkit/schemas';
import type { CloseRequest, RefundRequest } from './derived-receipts.js';
import { derivedFaults } from './errors.js';
import type { CloseReceipt, RefundReceipt } from './receipt-service.js';

/**
 * Checks what is to be refunded, whatever its type said: a misspelt member would refund all that is left.
 * Returns it in its normal form, by which a repeat is known however its numbers are written. Throws a
 * `FiscalError` with all faults, by JSON path of the body that a gateway takes: `$.refund_id`.
 */
export function checkedRefund(request: RefundReceipt): RefundRequest {
  const { merchant, receiptId, idempotencyKey, waitMs: _, signal: __, refundId, ...body } = request;
  const checked = contentOf(checkRefundRequest({ refund_id: refundId, ...body }));
  const { refund_id, ...content } = checked;
  return { merchant, receiptId, idempotencyKey, ...content, refundId: refund_id };
}

/** Checks what is to be delivered; as `checkedRefund`. */
export function checkedClosing(request: CloseReceipt): CloseRequest {
  const { merchant, receiptId, idempotencyKey, waitMs: _, signal: __, ...content } = request;
  const { deliveryId, deliveredOn, ...body } = content;
  const day = isDate(deliveredOn) ? undefined : deliveredOn;
  const checked = contentOf(checkClosingRequest({ delivery_id: deliveryId, delivered_on: day, ...body }));
  const { delivery_id, delivered_on, ...parts } = checked;
  const on = isDate(deliveredOn) ? deliveredOn : delivered_on;
  return { merchant, receiptId, idempotencyKey, ...parts, deliveryId: delivery_id, deliveredOn: on };
}

function contentOf<Content>(
  checked:
    | { readonly ok: true; readonly request: Content }
    | { readonly ok: false; readonly faults: Fault[] },
): Content {
  if (!checked.ok) throw derivedFaults(checked.faults);
  return checked.request;
}

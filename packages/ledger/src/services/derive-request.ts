import { isDate } from 'node:util/types';
import {
  type ClosingPosition,
  checkClosingRequest,
  checkRefundRequest,
  type Fault,
  type RefundPosition,
  type SettlementInput,
} from '@fiscalkit/schemas';
import { derivedFaults } from './errors.js';

/** What every receipt that is made from another is requested with. */
interface DeriveRequest {
  readonly merchant: string;
  /** Id of the receipt that it is made from; of a resubmitted one, any version's. */
  readonly receiptId: string;
  /** How the money goes back, or the rest of the price is paid. */
  readonly settlements?: readonly SettlementInput[] | undefined;
  /** 1–255 printable ASCII characters; derived from the request when absent. */
  readonly idempotencyKey?: string | undefined;
}

/** Refund to make from the ledger's sale. */
export interface RefundRequest extends DeriveRequest {
  /** Positions of the sale by index, with a quantity or a sum; all that is left of it when absent. */
  readonly positions?: readonly RefundPosition[] | undefined;
  /** Caller's own id of this refund: tells two equal partial refunds of one sale apart. */
  readonly refundId?: string | undefined;
}

/** Closing receipt to make from the ledger's prepayment. */
export interface CloseRequest extends DeriveRequest {
  /** What is delivered; all that is left of what was prepaid when absent. An advance needs it. */
  readonly positions?: readonly ClosingPosition[] | undefined;
  /** Day of the delivery, `YYYY-MM-DD`, or an instant of it; now when absent. */
  readonly deliveredOn?: string | Date | undefined;
  /** Caller's own id of this delivery: tells two equal deliveries of one prepayment apart. */
  readonly deliveryId?: string | undefined;
}

/** How long to wait for the final state. */
export interface WaitRequest {
  /** In milliseconds; 0 when absent. */
  readonly waitMs?: number | undefined;
  /** Ends the wait early: the result is then what is known so far. */
  readonly signal?: AbortSignal | undefined;
}

/** A refund to make from a receipt of the ledger. */
export type RefundReceipt = RefundRequest & WaitRequest;

/** A closing receipt to make from a prepayment of the ledger. */
export type CloseReceipt = CloseRequest & WaitRequest;

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

import { randomUUID } from 'node:crypto';
import { formatAmount, multiplyAmount, parseAmount, parseQuantity } from '@fiscalkit/schemas';
import { type Position, positionOf } from './catalogue.js';
import type { PaidOrder } from './paid-order.js';

/** An order that has no receipt yet. */
export interface NewOrder {
  readonly id: string;
  readonly payment_id: string;
  readonly email: string;
  readonly position: Position;
  /** So'm with two decimals. */
  readonly total: string;
}

/** A row of the table of orders. */
export interface Order extends NewOrder {
  readonly receipt_id: string;
  readonly refund_receipt_id: string | null;
}

/** Makes an order of what was paid. Throws a `FiscalError` when the quantity is none (`quantity.…`). */
export function newOrder({ payment_id, email, item, quantity }: PaidOrder): NewOrder {
  const position = positionOf(item, quantity);
  const total = formatAmount(multiplyAmount(parseAmount(position.price), parseQuantity(quantity)));
  return { id: randomUUID(), payment_id, email, position, total };
}

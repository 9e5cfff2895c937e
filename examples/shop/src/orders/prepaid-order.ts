import { allocateDiscount, formatAmount, parseAmount } from '@fiscalkit/schemas';
import { BadRequestException } from '@nestjs/common';
import { type Item, isItem, positionOf } from './catalogue.js';
import type { ReceiptRequest } from './receipt-of-order.js';

/** An order that was paid before anything is shipped, as the shop receives it. */
export interface PrepaidOrder {
  readonly payment_id: string;
  readonly email: string;
  readonly items: readonly { readonly item: Item; readonly quantity: number }[];
  /** So'm off the whole order. */
  readonly discount?: string | number | undefined;
}

/** Reads the body of a request. The values are checked with the receipt. */
export function readPrepaidOrder(body: unknown): PrepaidOrder {
  const { payment_id, email, items, discount }: Partial<Record<keyof PrepaidOrder, unknown>> = Object(body);
  if (
    typeof payment_id === 'string' &&
    typeof email === 'string' &&
    Array.isArray(items) &&
    items.every(isOrderedItem) &&
    (discount === undefined || typeof discount === 'string' || typeof discount === 'number')
  ) {
    return { payment_id, email, items, discount };
  }
  throw new BadRequestException(
    'A prepaid order has payment_id, email, items (each with item and quantity) and, where there is one, discount.',
  );
}

function isOrderedItem(value: unknown): value is PrepaidOrder['items'][number] {
  const { item, quantity }: { item?: unknown; quantity?: unknown } = Object(value);
  return isItem(item) && typeof quantity === 'number';
}

/**
 * Returns the receipt of the prepayment, which has each item at its price with discount. Throws what is wrong
 * with the discount.
 */
export function prepaymentOf({ payment_id, email, items, discount = 0 }: PrepaidOrder): ReceiptRequest {
  const ordered = items.map(({ item, quantity }) => positionOf(item, quantity));
  const discounted = allocateDiscount(ordered, discount);
  if (!discounted.ok) throw new BadRequestException(discounted.faults.map(({ message }) => message));
  const { positions } = discounted;
  const totalMinor = positions.reduce((total, { sum }) => total + parseAmount(sum), 0);
  return {
    receipt: {
      receipt_format: 'uz_1_0',
      payment_id,
      operation_type: 'sell',
      customer: { email },
      positions: positions.map((position) => ({
        ...position,
        vat_code: 'vat_12',
        payment_method: 'full_prepayment',
      })),
      settlements: [{ type: 'cashless', sum: formatAmount(totalMinor) }],
    },
    idempotencyKey: `prepayment:${payment_id}`,
  };
}

import { BadRequestException } from '@nestjs/common';
import { type Item, isItem } from './catalogue.js';

/** An order whose payment has been taken, as the shop receives it. */
export interface PaidOrder {
  /** The payment system's name for the payment. */
  readonly payment_id: string;
  readonly email: string;
  readonly item: Item;
  readonly quantity: number;
}

/** Reads the body of a request. The values are checked with the receipt. */
export function readPaidOrder(body: unknown): PaidOrder {
  const { payment_id, email, item, quantity }: Partial<Record<keyof PaidOrder, unknown>> = Object(body);
  if (
    typeof payment_id === 'string' &&
    typeof email === 'string' &&
    isItem(item) &&
    typeof quantity === 'number'
  ) {
    return { payment_id, email, item, quantity };
  }
  throw new BadRequestException('An order has payment_id, email, item (tea or cup) and quantity.');
}

import type { FiscalReceipts } from '@fiscalkit/nestjs';
import type { ClientBase } from 'pg';
import { newOrder, type Order } from './order.js';
import type { PaidOrder } from './paid-order.js';
import { saleOf } from './receipt-of-order.js';

/**
 * Writes the order and accepts its receipt within the client's transaction: both are there when it commits,
 * and neither when it does not. The same payment again is the same order; with other content, it throws
 * `idempotency.conflict`.
 */
export async function placeOrder(
  client: ClientBase,
  receipts: FiscalReceipts,
  paid: PaidOrder,
): Promise<Order> {
  const order = newOrder(paid);
  const { receiptId } = await receipts.acceptWithin(client, saleOf(order));
  const { id, payment_id, email, position, total } = order;
  await client.query(
    `INSERT INTO orders (id, payment_id, email, position, total, receipt_id)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (payment_id) DO NOTHING`,
    [id, payment_id, email, position, total, receiptId],
  );
  const { rows } = await client.query<Order>('SELECT * FROM orders WHERE payment_id = $1', [payment_id]);
  const [stored] = rows;
  if (!stored) throw new Error('The order that was written could not be read.');
  return stored;
}

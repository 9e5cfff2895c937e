import type { AcceptedReceipt, FiscalReceipts } from '@fiscalkit/nestjs';
import type { Knex } from 'knex';
import type { NewOrder } from '../orders/order.js';
import { saleOf } from '../orders/receipt-of-order.js';

/** Accepts the receipt and writes the order in one transaction of Knex's. */
export async function placeOrderWithKnex(
  database: Knex,
  receipts: FiscalReceipts,
  order: NewOrder,
): Promise<AcceptedReceipt> {
  return database.transaction(async (transaction) => {
    const { text, values, accepted } = receipts.acceptStatement(saleOf(order));
    // Knex numbers the placeholders itself, and wants them as question marks.
    const { rows } = await transaction.raw(text.replaceAll(/\$\d+/g, '?'), values.map(String));
    const receipt = accepted(rows);
    await transaction('orders').insert({ ...order, receipt_id: receipt.receiptId });
    return receipt;
  });
}

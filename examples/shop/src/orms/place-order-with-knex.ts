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
    const { questionMarks, values, accepted } = receipts.acceptStatement(saleOf(order));
    const receipt = accepted(await transaction.raw(questionMarks, values));
    await transaction('orders').insert({ ...order, receipt_id: receipt.receiptId });
    return receipt;
  });
}

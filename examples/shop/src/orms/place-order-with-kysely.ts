import type { AcceptedReceipt, FiscalReceipts } from '@fiscalkit/nestjs';
import { CompiledQuery, type Kysely } from 'kysely';
import type { NewOrder } from '../orders/order.js';
import { saleOf } from '../orders/receipt-of-order.js';

/** The shop's tables, for Kysely. */
export interface ShopTables {
  orders: NewOrder & { receipt_id: string };
}

/** Accepts the receipt and writes the order in one transaction of Kysely's. */
export async function placeOrderWithKysely(
  database: Kysely<ShopTables>,
  receipts: FiscalReceipts,
  order: NewOrder,
): Promise<AcceptedReceipt> {
  return database.transaction().execute(async (transaction) => {
    const { text, values, accepted } = receipts.acceptStatement(saleOf(order));
    const receipt = accepted(await transaction.executeQuery(CompiledQuery.raw(text, values)));
    await transaction
      .insertInto('orders')
      .values({ ...order, receipt_id: receipt.receiptId })
      .execute();
    return receipt;
  });
}

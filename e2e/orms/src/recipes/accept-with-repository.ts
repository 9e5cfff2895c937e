import type { AcceptReceiptStatement } from '@fiscalkit/nestjs';
import type { Repository } from 'typeorm';
import type { Order } from '../order.js';

export async function acceptWithRepository(orders: Repository<Order>, statement: AcceptReceiptStatement) {
  return statement.accepted(await orders.query(statement.text, statement.values));
}

import { FiscalService, type ReceiptObject } from '@fiscalkit/nestjs';
import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Order } from './order.js';
import type { PaidOrder } from './paid-order.js';
import { placeOrder } from './place-order.js';
import { refundOf } from './receipt-of-order.js';

/** An order with what became of its receipts. */
export interface OrderWithReceipts extends Order {
  readonly receipt: ReceiptObject | null;
  readonly refund: ReceiptObject | null;
}

const registrationLimitMs = 10_000;

/** The shop's orders. */
@Injectable()
export class Orders {
  readonly #database: Database;
  readonly #fiscal: FiscalService;

  constructor(@Inject(Database) database: Database, @Inject(FiscalService) fiscal: FiscalService) {
    this.#database = database;
    this.#fiscal = fiscal;
  }

  /** Writes an order and accepts its receipt in one transaction. */
  async place(paid: PaidOrder): Promise<Order> {
    return this.#database.transaction((client) => placeOrder(client, this.#fiscal.receipts, paid));
  }

  /** Marks the order as refunded and accepts the refund's receipt in one transaction; idempotent. */
  async refund(id: string): Promise<Order> {
    return this.#database.transaction(async (client) => {
      const locked = await client.query<Order>('SELECT * FROM orders WHERE id = $1 FOR UPDATE', [id]);
      const order = required(locked.rows[0]);
      const { receiptId } = await this.#fiscal.receipts.acceptWithin(client, refundOf(order));
      await client.query('UPDATE orders SET refund_receipt_id = $2 WHERE id = $1', [id, receiptId]);
      return { ...order, refund_receipt_id: receiptId };
    });
  }

  /** Attaches the Soliq link of the order's receipt to the Anor payment that paid for it. */
  async confirmAnor(id: string, transactionId: unknown) {
    const { receipt_id } = await this.#find(id);
    const receipt = await this.#fiscal.receipts.waitFor({ id: receipt_id, timeoutMs: registrationLimitMs });
    if (!receipt?.link) throw new ConflictException('The receipt is not registered yet; ask again later.');
    const confirmation = { transaction_id: transactionId, qr_code: receipt.link };
    return this.#fiscal.payments.confirm({ wallet: 'anor', confirmation });
  }

  async get(id: string): Promise<OrderWithReceipts> {
    const order = await this.#find(id);
    const { receipt_id, refund_receipt_id } = order;
    const { receipts } = this.#fiscal;
    const receipt = await receipts.get({ id: receipt_id });
    const refund = refund_receipt_id === null ? null : await receipts.get({ id: refund_receipt_id });
    return { ...order, receipt, refund };
  }

  async #find(id: string): Promise<Order> {
    const [order] = await this.#database.query<Order>('SELECT * FROM orders WHERE id = $1', [id]);
    return required(order);
  }
}

function required(order: Order | undefined): Order {
  if (order) return order;
  throw new NotFoundException('There is no such order.');
}

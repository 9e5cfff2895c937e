import { randomUUID } from 'node:crypto';
import { type DerivedReceipts, FiscalService, type ReceiptObject } from '@fiscalkit/nestjs';
import { checkClosingRequest, checkRefundRequest } from '@fiscalkit/schemas';
import { BadRequestException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type PrepaidOrder, prepaymentOf } from './prepaid-order.js';

/** A row of the table of prepaid orders. */
export interface StoredPrepaidOrder {
  readonly id: string;
  readonly payment_id: string;
  readonly email: string;
  /** The receipt of the prepayment, from which all others of the order are made. */
  readonly receipt_id: string;
}

/** A prepaid order with all its receipts, the newest first. */
export interface PrepaidOrderWithReceipts extends StoredPrepaidOrder {
  readonly receipts: readonly ReceiptObject[];
}

/** The shop's orders that are paid before they are shipped. */
@Injectable()
export class PrepaidOrders {
  readonly #database: Database;
  readonly #fiscal: FiscalService;

  constructor(@Inject(Database) database: Database, @Inject(FiscalService) fiscal: FiscalService) {
    this.#database = database;
    this.#fiscal = fiscal;
  }

  /** Writes an order and accepts the receipt of its prepayment in one transaction. */
  async place(paid: PrepaidOrder): Promise<StoredPrepaidOrder> {
    const request = prepaymentOf(paid);
    return this.#database.transaction(async (client) => {
      const { receiptId } = await this.#fiscal.receipts.acceptWithin(client, request);
      await client.query(
        `INSERT INTO prepaid_orders (id, payment_id, email, receipt_id)
         VALUES ($1, $2, $3, $4) ON CONFLICT (payment_id) DO NOTHING`,
        [randomUUID(), paid.payment_id, paid.email, receiptId],
      );
      const { rows } = await client.query<StoredPrepaidOrder>(
        'SELECT * FROM prepaid_orders WHERE payment_id = $1',
        [paid.payment_id],
      );
      return required(rows[0]);
    });
  }

  /**
   * Makes the closing receipt of a shipment, of all that is left to be shipped or of the positions named.
   * However often the warehouse tells of a shipment, it has one receipt: its id is the id of the delivery.
   */
  async ship(id: string, shipmentId: string, body: unknown): Promise<DerivedReceipts> {
    const { receipt_id: receiptId } = await this.#find(id);
    const { positions } = checked(checkClosingRequest(body));
    return this.#fiscal.receipts.close({ receiptId, positions, deliveryId: shipmentId });
  }

  /**
   * Refunds what came back, or was not shipped: the ledger says of which receipts. The id of the return tells
   * two equal ones apart.
   */
  async takeBack(id: string, returnId: string, body: unknown): Promise<DerivedReceipts> {
    const { receipt_id: receiptId } = await this.#find(id);
    const { positions } = checked(checkRefundRequest(body));
    return this.#fiscal.receipts.refund({ receiptId, positions, refundId: returnId });
  }

  async get(id: string): Promise<PrepaidOrderWithReceipts> {
    const order = await this.#find(id);
    const query = { payment_id: order.payment_id, offset: 0, limit: 100 };
    return { ...order, receipts: await this.#fiscal.receipts.list({ query }) };
  }

  async #find(id: string): Promise<StoredPrepaidOrder> {
    const [order] = await this.#database.query<StoredPrepaidOrder>(
      'SELECT * FROM prepaid_orders WHERE id = $1',
      [id],
    );
    return required(order);
  }
}

function required(order: StoredPrepaidOrder | undefined): StoredPrepaidOrder {
  if (order) return order;
  throw new NotFoundException('There is no such order.');
}

function checked<Request>(
  result: { ok: true; request: Request } | { ok: false; faults: readonly { message: string }[] },
): Request {
  if (result.ok) return result.request;
  throw new BadRequestException(result.faults.map(({ message }) => message));
}

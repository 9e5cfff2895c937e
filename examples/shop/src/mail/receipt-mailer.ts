import { open } from 'node:fs/promises';
import { type FiscalEvent, OnFiscalEvent } from '@fiscalkit/nestjs';
import { Inject, Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { Database } from '../database/database.js';
import type { Order } from '../orders/order.js';
import type { StoredPrepaidOrder } from '../orders/prepaid-orders.js';
import { SHOP_SETTINGS, type ShopSettings } from '../shop-settings.js';

/** Mails buyers their receipts, here into a file, once per event although a handler may be called twice. */
@Injectable()
export class ReceiptMailer {
  readonly #database: Database;
  readonly #mailFile: string;

  constructor(@Inject(Database) database: Database, @Inject(SHOP_SETTINGS) { mailFile }: ShopSettings) {
    this.#database = database;
    this.#mailFile = mailFile;
  }

  /**
   * Notes the event and mails in one transaction. When the mail fails, the note is rolled back with it, and
   * the event comes again. When the process dies between the mail and the commit, the event comes again too,
   * and the file itself tells.
   */
  @OnFiscalEvent('receipt.registered', { name: 'receipt-mail' })
  async mail({ id, entry }: FiscalEvent<'receipt.registered'>): Promise<void> {
    await this.#database.transaction(async (client) => {
      // A second call at the same time waits here for the first one's commit.
      const noted = await client.query('INSERT INTO mailed_events VALUES ($1) ON CONFLICT DO NOTHING', [id]);
      if (noted.rowCount === 0) return;
      const order = (await ofOrder(client, entry)) ?? (await ofPrepaidOrder(client, entry));
      if (!order) return;
      const mail = {
        event_id: id,
        to: order.email,
        subject: order.subject,
        link: entry.registration.link,
        order_id: order.id,
      };
      await appendOnce(this.#mailFile, JSON.stringify(mail));
    });
  }
}

type RegisteredReceipt = FiscalEvent<'receipt.registered'>['entry'];

/** The buyer of an order, and what the mail is about. */
interface ReceiptMail extends Pick<Order, 'id' | 'email'> {
  readonly subject: 'Your receipt' | 'Your refund';
}

async function ofOrder(client: ClientBase, { id }: RegisteredReceipt): Promise<ReceiptMail | null> {
  const { rows } = await client.query<Order>(
    'SELECT * FROM orders WHERE $1::uuid IN (receipt_id, refund_receipt_id)',
    [id],
  );
  const [order] = rows;
  return order ? { ...order, subject: order.receipt_id === id ? 'Your receipt' : 'Your refund' } : null;
}

/** Finds the order by its payment: the shop keeps no ids of what the ledger made of the prepayment. */
async function ofPrepaidOrder(
  client: ClientBase,
  { facets }: RegisteredReceipt,
): Promise<ReceiptMail | null> {
  const { rows } = await client.query<StoredPrepaidOrder>(
    'SELECT * FROM prepaid_orders WHERE payment_id = $1',
    [facets.paymentId],
  );
  const [order] = rows;
  return order
    ? { ...order, subject: facets.operationType === 'sell' ? 'Your receipt' : 'Your refund' }
    : null;
}

/** Appends a line to a file and waits until it is on disk, unless the line is there already. */
export async function appendOnce(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+');
  try {
    const text = await file.readFile('utf8');
    if (text.split('\n').includes(line)) return;
    // What a crash left of a line gets no second half.
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await file.appendFile(`${start}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

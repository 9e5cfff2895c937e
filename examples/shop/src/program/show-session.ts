import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConfirmedPayment } from '@fiscalkit/ledger';
import type { ReceiptObject } from '@fiscalkit/nestjs';
import type { Order } from '../orders/order.js';
import type { OrderWithReceipts } from '../orders/orders.js';

/** Places an order, confirms its payment and refunds it over HTTP, printing each outcome. */
export async function showSession(shopUrl: string, mailFile: string): Promise<void> {
  const orders = `${shopUrl}/orders`;

  console.log('\n1. An order: POST /orders writes the order and accepts its receipt in one transaction');
  const paid = { payment_id: randomUUID(), email: 'buyer@example.com', item: 'tea', quantity: 2 };
  const { id, total, receipt_id } = await call<Order>(orders, paid);
  line('order', `${id}, ${total} so'm`);
  line('receipt', receipt_id);
  const sale = await registered(`${orders}/${id}`, 'receipt');
  line('mail', await mailOf(mailFile, id, 'Your receipt'));

  console.log('\n2. Paid with Anor: POST /orders/:id/anor attaches the receipt to the payment');
  const confirmed = await call<ConfirmedPayment>(`${orders}/${id}/anor`, { transaction_id: randomUUID() });
  if (confirmed.state !== 'registered') throw new Error(`the confirmation is ${confirmed.state}`);
  line('confirmed', `${confirmed.data.message}`);

  console.log('\n3. A refund: POST /orders/:id/refund, the same in one transaction');
  await call<Order>(`${orders}/${id}/refund`, {});
  const refund = await registered(`${orders}/${id}`, 'refund');
  line('mail', await mailOf(mailFile, id, 'Your refund'));
  line(
    'in order',
    `the sale is document ${sale.fiscal_document_number}, its refund ${refund.fiscal_document_number}`,
  );
}

async function registered(orderUrl: string, name: 'receipt' | 'refund'): Promise<ReceiptObject> {
  const receipt = await until(`the registered ${name}`, async () => {
    const found = (await call<OrderWithReceipts>(orderUrl))[name];
    return found && found.status !== 'pending' ? found : null;
  });
  if (receipt.status !== 'registered') throw new Error(`the ${name} is ${receipt.status}`);
  line('registered', `${receipt.registered_at}, ${receipt.link}`);
  return receipt;
}

async function mailOf(mailFile: string, orderId: string, subject: string): Promise<string> {
  return until(`the mail "${subject}"`, async () => {
    const lines = (await readFile(mailFile, 'utf8').catch(() => '')).split('\n');
    return lines.find((mail) => mail.includes(orderId) && mail.includes(subject)) ?? null;
  });
}

function line(label: string, text: string): void {
  console.log(`   ${label.padEnd(12)} ${text}`);
}

const limitMs = 20_000;
const pauseMs = 50;

/** Polls until `read` returns something other than `null`. Throws when there is nothing after 20 s. */
async function until<Value>(what: string, read: () => Promise<Value | null>): Promise<Value> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await delay(pauseMs)) {
    const value = await read();
    if (value !== null) return value;
  }
  throw new Error(`after ${limitMs / 1000} s there still is not: ${what}`);
}

/** Sends a request to the shop and reads its JSON answer. Throws what the shop says is wrong. */
async function call<Body>(url: string, document?: object): Promise<Body> {
  const sending = document && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(document),
  };
  const response = await fetch(url, { ...sending, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

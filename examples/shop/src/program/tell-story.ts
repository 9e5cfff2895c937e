import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ConfirmedPayment } from '@fiscalkit/ledger';
import type { ReceiptObject } from '@fiscalkit/nestjs';
import type { Order } from '../orders/order.js';
import type { OrderWithReceipts } from '../orders/orders.js';
import { call } from './call.js';
import { until } from './until.js';

/** Places an order, confirms its payment and refunds it over HTTP, and prints what came of each. Throws what goes wrong. */
export async function tellStory(shopUrl: string, mailFile: string): Promise<void> {
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

import { randomUUID } from 'node:crypto';
import { canonicalSoliqLink } from '@fiscalkit/schemas';
import { expect, it } from 'vitest';
import { mailsIn, openShop, paidOrder, useSurroundings } from './shop.fixture.js';

const surroundings = useSurroundings();

async function open() {
  const { settings, sandbox } = await surroundings();
  const shop = await openShop(settings);
  const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const { statusCode, body } = await shop.inject({ method, url, ...(payload && { payload }) });
    return { status: statusCode, body: JSON.parse(body) };
  };
  return { settings, sandbox, send };
}

it('sells, mails, confirms and refunds', async () => {
  const { settings, sandbox, send } = await open();
  const paid = paidOrder();
  const placed = await send('POST', '/orders', paid);
  expect(placed).toMatchObject({ status: 201, body: { payment_id: paid.payment_id, total: '50000.00' } });
  const { id } = placed.body;
  const order = `/orders/${id}`;

  const refunded = await send('POST', `${order}/refund`, {});
  expect(refunded).toMatchObject({ status: 201, body: { refund_receipt_id: expect.any(String) } });
  expect(await send('POST', `${order}/refund`, {})).toEqual(refunded);

  const transaction_id = randomUUID();
  const confirmed = await send('POST', `${order}/anor`, { transaction_id });
  expect(confirmed).toMatchObject({ status: 200, body: { state: 'registered', replayed: false } });

  await expect.poll(() => mailsIn(settings.mailFile), { timeout: 10_000 }).toHaveLength(2);
  const { receipt, refund } = (await send('GET', order)).body;
  expect([receipt.status, refund.status]).toEqual(['registered', 'registered']);
  expect(mailsIn(settings.mailFile)).toMatchObject([
    { to: paid.email, subject: 'Your receipt', link: receipt.link, order_id: id },
    { to: paid.email, subject: 'Your refund', link: refund.link, order_id: id },
  ]);
  const { receipts, confirmations } = sandbox.journal();
  expect(receipts.map(({ operation_type }) => operation_type)).toEqual(['sell', 'sell_refund']);
  expect(confirmations).toMatchObject([{ qr_code: canonicalSoliqLink(receipt.link) }]);
});

it('makes one order of a payment, however often it is told of it', async () => {
  const { sandbox, send } = await open();
  const paid = paidOrder();
  const orders = await Promise.all([1, 2, 3].map(() => send('POST', '/orders', paid)));
  expect(new Set(orders.map(({ body }) => body.id)).size).toBe(1);
  const other = await send('POST', '/orders', { ...paid, quantity: 3 });
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency.conflict' } } });
  await expect.poll(() => sandbox.journal().receipts).toHaveLength(1);
});

it('says what is wrong with a request', async () => {
  const { send } = await open();
  expect((await send('POST', '/orders', { item: 'gold' })).status).toBe(400);
  expect((await send('GET', `/orders/${randomUUID()}`)).status).toBe(404);
  const nobody = await send('POST', '/orders', { ...paidOrder(), email: 'nobody' });
  expect(nobody).toMatchObject({ status: 422, body: { error: { code: 'receipt.invalid' } } });
  expect((await send('POST', '/orders', { ...paidOrder(), quantity: -1 })).status).toBe(422);
});

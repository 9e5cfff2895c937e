import { randomUUID } from 'node:crypto';
import { canonicalSoliqLink, type ReceiptObject } from '@fiscalkit/schemas';
import { expect, it } from 'vitest';
import { mailsIn, openShop, paidOrder, useSurroundings } from './shop.fixture.js';

const surroundings = useSurroundings();

async function open() {
  const { settings, sandbox } = await surroundings();
  const shop = await openShop(settings);
  const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
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

it('takes a prepayment with a discount, ships it in two parcels, and takes a part back', async () => {
  const { settings, sandbox, send } = await open();
  const { payment_id, email } = paidOrder();
  const items = [
    { item: 'tea', quantity: 3 },
    { item: 'cup', quantity: 1 },
  ];
  const paid = { payment_id, email, items, discount: '501.00' };
  const { status, body } = await send('POST', '/prepaid-orders', paid);
  expect(status).toBe(201);
  const order = `/prepaid-orders/${body.id}`;
  const registered = async () => {
    const { receipts } = (await send('GET', order)).body as { receipts: ReceiptObject[] };
    return receipts.filter((receipt) => receipt.status === 'registered').toReversed();
  };
  await expect.poll(registered, { timeout: 10_000 }).toHaveLength(1);
  const [prepaid] = await registered();
  expect(prepaid).toMatchObject({ total: 92_999.5, settlements: [{ type: 'cashless', sum: 92_999.5 }] });
  // Two prices of tea, so that each is a whole number of tiyin.
  const lines = prepaid?.positions.map(({ name, price, quantity }) => [name, quantity, price]);
  expect(lines).toEqual([
    ['Choy', 2, 24_866.04],
    ['Choy', 1, 24_866.05],
    ['Piyola', 1, 18_401.37],
  ]);

  const parcel = { positions: [{ index: 0, quantity: 2 }] };
  const shipped = await Promise.all(
    Array.from({ length: 12 }, () => send('PUT', `${order}/shipments/parcel-1`, parcel)),
  );
  expect(new Set(shipped.map(({ body }) => body.receipt.receipt_id)).size).toBe(1);
  await send('PUT', `${order}/shipments/parcel-2`, {});
  await expect.poll(registered, { timeout: 10_000 }).toHaveLength(3);
  const nothing = await send('PUT', `${order}/shipments/parcel-3`, {});
  expect(nothing).toMatchObject({ status: 409, body: { error: { code: 'closing.exceeds-prepaid' } } });

  const returned = { positions: [{ index: 0, quantity: 1 }] };
  expect((await send('PUT', `${order}/returns/one`, returned)).status).toBe(200);
  expect((await send('PUT', `${order}/returns/two`, returned)).status).toBe(200);
  const more = await send('PUT', `${order}/returns/three`, returned);
  expect(more).toMatchObject({ status: 409, body: { error: { code: 'refund.exceeds-sale' } } });
  await expect.poll(registered, { timeout: 10_000 }).toHaveLength(5);

  const [, first, second, ...refunds] = await registered();
  expect(first).toMatchObject({ total: 49_732.08, settlements: [{ type: 'prepayment' }] });
  expect(second).toMatchObject({ total: 43_267.42, settlements: [{ type: 'prepayment' }] });
  for (const refund of refunds) {
    expect(refund).toMatchObject({ total: 24_866.04, settlements: [{ type: 'cashless' }] });
    expect(refund.origin).toMatchObject({ receipt_id: first?.receipt_id, relation: 'refund' });
  }
  expect(sandbox.journal().receipts.map(({ operation_type }) => operation_type)).toEqual([
    'sell',
    'sell',
    'sell',
    'sell_refund',
    'sell_refund',
  ]);
  await expect.poll(() => mailsIn(settings.mailFile), { timeout: 10_000 }).toHaveLength(5);
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
  const prepaid = { ...paidOrder(), items: [{ item: 'tea', quantity: 1 }] };
  expect((await send('POST', '/prepaid-orders', paidOrder())).status).toBe(400);
  expect((await send('POST', '/prepaid-orders', { ...prepaid, discount: '25000.00' })).status).toBe(400);
  const { body } = await send('POST', '/prepaid-orders', prepaid);
  const shipment = `/prepaid-orders/${body.id}/shipments/one`;
  expect((await send('PUT', shipment, { positions: 'all' })).status).toBe(400);
});

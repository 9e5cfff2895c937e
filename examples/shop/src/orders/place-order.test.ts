import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FiscalService } from '@fiscalkit/nestjs';
import { expect, it } from 'vitest';
import { Database } from '../database/database.js';
import { openShop, paidOrder, useSurroundings } from '../shop.fixture.js';
import type { Order } from './order.js';
import { placeOrder } from './place-order.js';

const surroundings = useSurroundings();

it('leaves nothing of an order that is rolled back', async () => {
  const { settings } = await surroundings();
  const shop = await openShop(settings);
  const { receipts } = shop.get(FiscalService);
  const placing = shop.get(Database).transaction(async (client) => {
    const { receipt_id } = await placeOrder(client, receipts, paidOrder());
    throw new Error(receipt_id);
  });
  const receiptId = await placing.catch(({ message }) => message);
  expect(receiptId).toMatch(/^[\w-]{36}$/);
  expect(await receipts.get({ id: receiptId })).toBeNull();
  expect(await shop.get(Database).query('SELECT * FROM orders', [])).toEqual([]);
  expect(await shop.get(FiscalService).figures()).toMatchObject({ due: 0, byState: {} });
});

it('brings a committed order its receipt although the process died with the commit', async () => {
  const { settings, sandbox } = await surroundings();
  const paid = paidOrder();
  const program = fileURLToPath(new URL('dying-shop.fixture.ts', import.meta.url));
  const doomed = spawn(process.execPath, [program, JSON.stringify({ settings, paid })], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(doomed, 'exit')).toEqual([null, 'SIGKILL']);
  expect(sandbox.journal().receipts).toEqual([]);

  const shop = await openShop(settings);
  const orders = () => shop.get(Database).query<Order>('SELECT * FROM orders', []);
  await expect.poll(orders).toMatchObject([{ payment_id: paid.payment_id }]);
  const id = String((await orders())[0]?.receipt_id);
  const receipt = await shop.get(FiscalService).receipts.waitFor({ id, timeoutMs: 20_000 });
  expect(receipt).toMatchObject({ status: 'registered' });
  expect(sandbox.journal().receipts).toMatchObject([{ payment_id: paid.payment_id }]);
});

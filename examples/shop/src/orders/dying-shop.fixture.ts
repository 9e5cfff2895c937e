import { FiscalService } from '@fiscalkit/nestjs';

/**
 * A process that is killed as soon as an order's commit is on its way; it runs what was built, because of the
 * decorators.
 */
const built = new URL('../../dist/', import.meta.url);
const { startShop }: typeof import('../start-shop.js') = await import(new URL('start-shop.js', built).href);
const { placeOrder }: typeof import('./place-order.js') = await import(
  new URL('orders/place-order.js', built).href
);
const { Database }: typeof import('../database/database.js') = await import(
  new URL('database/database.js', built).href
);

const { settings, paid } = JSON.parse(process.argv[2] ?? '');
const shop = await startShop(settings);
await shop.get(Database).transaction(async (client) => {
  await placeOrder(client, shop.get(FiscalService).receipts, paid);
  // Not awaited: with the answer might come a wake-up, and a delivery before the end.
  client.query('COMMIT');
  process.kill(process.pid, 'SIGKILL');
});

import { type AcceptedReceipt, type FiscalReceipts, FiscalService } from '@fiscalkit/nestjs';
import knex from 'knex';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type NewOrder, newOrder } from '../orders/order.js';
import { openShop, paidOrder, useSurroundings } from '../shop.fixture.js';
import { placeOrderWithKnex } from './place-order-with-knex.js';
import { placeOrderWithKysely, type ShopTables } from './place-order-with-kysely.js';

type PlaceOrder = (receipts: FiscalReceipts, order: NewOrder) => Promise<AcceptedReceipt>;

function withKysely(connectionString: string): PlaceOrder {
  const pool = new Pool({ connectionString });
  // A pool ends before its connections have; the server may stop between.
  pool.on('error', () => {});
  const dialect = new PostgresDialect({ pool });
  const database = new Kysely<ShopTables>({ dialect });
  onTestFinished(() => database.destroy());
  return (receipts, order) => placeOrderWithKysely(database, receipts, order);
}

function withKnex(connection: string): PlaceOrder {
  const database = knex({ client: 'pg', connection });
  onTestFinished(() => database.destroy());
  return (receipts, order) => placeOrderWithKnex(database, receipts, order);
}

const surroundings = useSurroundings();

describe.each([
  ['Kysely', withKysely],
  ['Knex', withKnex],
])('an order in a transaction of %s', (_name, connect) => {
  it('has one receipt when it is committed', async () => {
    const { settings, sandbox } = await surroundings();
    const { receipts } = (await openShop(settings)).get(FiscalService);
    const place = connect(settings.databaseUrl);
    const { receiptId, replayed } = await place(receipts, newOrder(paidOrder()));
    expect(replayed).toBe(false);
    const receipt = await receipts.waitFor({ id: receiptId, timeoutMs: 20_000 });
    expect(receipt).toMatchObject({ status: 'registered' });
    expect(sandbox.journal().receipts).toHaveLength(1);
  });

  it('has none when it is rolled back', async () => {
    const { settings, sandbox } = await surroundings();
    const fiscal = (await openShop(settings)).get(FiscalService);
    const place = connect(settings.databaseUrl);
    const order = newOrder(paidOrder());
    const { receiptId } = await place(fiscal.receipts, order);
    const sameId = { ...newOrder(paidOrder()), id: order.id };
    await expect(place(fiscal.receipts, sameId)).rejects.toMatchObject({ code: '23505' });
    await fiscal.receipts.waitFor({ id: receiptId, timeoutMs: 20_000 });
    expect(await fiscal.figures()).toMatchObject({ byState: { registered: 1 } });
    expect(await fiscal.receipts.list({ query: { offset: 0, limit: 10 } })).toHaveLength(1);
    expect(sandbox.journal().receipts).toHaveLength(1);
  });
});

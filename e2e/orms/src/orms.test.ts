import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, FiscalService, postgres } from '@fiscalkit/nestjs';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, OpenTransaction } from './connections/connection.js';
import { connectDrizzleOnNodePostgres, connectDrizzleOnPostgresJs } from './connections/drizzle.js';
import { connectKnex } from './connections/knex.js';
import { connectKysely } from './connections/kysely.js';
import { connectMikroOrm } from './connections/mikro-orm.js';
import { connectPostgresJs } from './connections/postgres-js.js';
import { connectPrisma } from './connections/prisma.js';
import { connectSequelize } from './connections/sequelize.js';
import { connectTypeorm } from './connections/typeorm.js';
import { connectTypeormTransactional } from './connections/typeorm-transactional.js';

/** Has the placeholders of every ORM in it, and a quote. */
const name = "O'Tea ? $1 %s :name";

let server: PostgresServer;
let sandbox: Sandbox;
let application: INestApplicationContext;
let fiscal: FiscalService;

beforeAll(async () => {
  [server, sandbox] = await Promise.all([startPostgresServer({ inMemory: true }), startSandbox({ port: 0 })]);
  await server.run('CREATE TABLE orders (id text PRIMARY KEY)');
  const provider = createFreedompay({
    merchantId: '542088',
    secretKey: 'secret_key',
    baseUrl: sandbox.url,
  });
  const options = {
    ledger: postgres({ connectionString: server.connectionString }),
    merchants: { shop: { receiptMerchantId: '542088', provider } },
  };
  application = await NestFactory.createApplicationContext(FiscalModule.forRoot(options), { logger: false });
  fiscal = application.get(FiscalService);
}, 60_000);

afterAll(async () => {
  await application.close();
  await sandbox.close();
  await server.stop();
});

let lastPayment = 0;

function newPayment(): string {
  lastPayment += 1;
  return String(lastPayment);
}

/** Writes the order and accepts its receipt, as a shop does. */
async function pay(within: OpenTransaction, payment: string): Promise<string> {
  await within.run(`INSERT INTO orders VALUES ('${payment}')`);
  const statement = fiscal.receipts.acceptStatement({
    receipt: {
      receipt_format: 'ru_1_05',
      payment_id: payment,
      operation_type: 'sell',
      customer: { email: 'buyer@example.com' },
      positions: [
        {
          name,
          price: 50,
          quantity: 2,
          vat_code: 'vat_22',
          payment_method: 'full_payment',
          payment_object: 'goods',
        },
      ],
      settlements: [{ type: 'cashless', sum: 100 }],
    },
  });
  const { receiptId } = await within.accept(statement);
  return receiptId;
}

async function expectRegisteredOnce(payment: string, id: string): Promise<void> {
  expect(await fiscal.receipts.waitFor({ id, timeoutMs: 20_000 })).toMatchObject({ status: 'registered' });
  expect(sandbox.journal().receipts.filter((each) => each.payment_id === payment)).toMatchObject([
    { positions: [{ name }] },
  ]);
}

async function expectNothing(payment: string): Promise<void> {
  const query = { offset: 0, limit: 10, payment_id: payment };
  expect(await fiscal.receipts.list({ query })).toEqual([]);
  expect(await server.run(`SELECT id FROM orders WHERE id = '${payment}'`)).toEqual([]);
}

/** Every code that an error, or what caused it, has: ORMs wrap what the driver says. */
function codesOf(error: unknown): unknown[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, originalCode, cause, original, driverError, meta, driverAdapterError } = Object(error);
  const inside = [cause, original, driverError, meta, driverAdapterError];
  return [code, originalCode, ...inside.flatMap(codesOf)];
}

describe.each([
  ['Prisma', connectPrisma],
  ['TypeORM', connectTypeorm],
  ['@nestjs/typeorm and typeorm-transactional', connectTypeormTransactional],
  ['Drizzle on node-postgres', connectDrizzleOnNodePostgres],
  ['Drizzle on postgres.js', connectDrizzleOnPostgresJs],
  ['MikroORM', connectMikroOrm],
  ['Sequelize', connectSequelize],
  ['Knex', connectKnex],
  ['Kysely', connectKysely],
  ['postgres.js', connectPostgresJs],
])('a transaction of %s', (_name, connect) => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await connect(server.connectionString);
  });

  afterAll(() => connection.close());

  it('has one receipt when it is committed', async () => {
    const payment = newPayment();
    let id = '';
    await connection.transact(async (within) => {
      id = await pay(within, payment);
    });
    await expectRegisteredOnce(payment, id);
  });

  it('has none when it is rolled back', async () => {
    const payment = newPayment();
    const failing = connection.transact(async (within) => {
      await pay(within, payment);
      throw new Error('no stock');
    });
    await expect(failing).rejects.toThrow('no stock');
    await expectNothing(payment);
  });

  it('has none of a savepoint that was rolled back', async () => {
    const [kept, undone] = [newPayment(), newPayment()];
    let id = '';
    await connection.transact(async (within) => {
      id = await pay(within, kept);
      const failing = within.nested(async (savepoint) => {
        await pay(savepoint, undone);
        throw new Error('no stock');
      });
      await expect(failing).rejects.toThrow('no stock');
    });
    await expectRegisteredOnce(kept, id);
    await expectNothing(undone);
  });

  it("has the driver's error when it can't be serialized, and one receipt when it is repeated", async () => {
    const [first, second] = [newPayment(), newPayment()];
    const secondHasRead = Promise.withResolvers<void>();
    const firstIsCommitted = Promise.withResolvers<void>();
    let id = '';
    const sell = (payment: string, between?: () => Promise<void>) =>
      connection.transact(async (within) => {
        await within.run('SELECT count(*) FROM orders');
        await between?.();
        id = await pay(within, payment);
      }, 'serializable');
    const failing = sell(second, async () => {
      secondHasRead.resolve();
      await firstIsCommitted.promise;
    }).catch((error: unknown) => error);
    await secondHasRead.promise;
    await sell(first);
    firstIsCommitted.resolve();
    expect(codesOf(await failing)).toEqual(expect.arrayContaining(['40001']));
    await expectNothing(second);
    await sell(second);
    await expectRegisteredOnce(second, id);
  });
});

import 'reflect-metadata';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * A process that runs an application in which everything goes wrong, with the logger that Nest has by itself. Its arguments are the
 * major version of Nest, and the built entries: the main one and that for tests.
 */
const [major, main = '', testing = ''] = process.argv.slice(2);
const isNest = /^@nestjs\/(common|core)(?=\/|$)/;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (major !== '11' || !isNest.test(specifier)) return nextResolve(specifier, context);
    const installed = specifier.replace(isNest, 'nest-$1-11');
    return nextResolve(installed, { ...context, parentURL: import.meta.url });
  },
});

const { NestFactory } = await import('@nestjs/core');
const { Injectable, Module } = await import('@nestjs/common');
const { createFreedompay } = await import('@fiscalkit/client/freedompay');
const { createSqliteStore } = await import('@fiscalkit/ledger');
const { startSandbox } = await import('@fiscalkit/sandbox');
const { FiscalModule, FiscalService, getFiscalServiceToken, OnFiscalEvent, sqlite } = await import(
  pathToFileURL(main).href
);
const { FiscalTestingModule } = await import(pathToFileURL(testing).href);

class Orders {
  mail() {
    throw new RangeError('no mail today');
  }
}
Injectable()(Orders);
const method = Object.getOwnPropertyDescriptor(Orders.prototype, 'mail');
OnFiscalEvent('receipt.rejected')(Orders.prototype, 'mail', method);

const fault = (call: number, what: object) => ({ endpoint: 'receipts.create', on: { call }, fault: what });
const sandbox = FiscalTestingModule.forRoot({
  faults: [fault(1, { kind: 'reject' }), fault(2, { kind: 'drop-after' })],
  delivery: { defaults: { breaker: { failures: 1, coolDownMs: 60_000, factor: 1, capMs: 60_000 } } },
});
const store = createSqliteStore({ path: ':memory:' });
const provider = () => createFreedompay({ merchantId: '1', secretKey: 'key', baseUrl: 'http://127.0.0.1:1' });
const broken = FiscalModule.forRoot({ name: 'broken', ledger: store, merchants: { shop: { provider } } });

const strict = await startSandbox();
const stranger = () =>
  createFreedompay({ merchantId: '542088', secretKey: 'a wrong key', baseUrl: strict.url });
const wrong = FiscalModule.forRoot({
  name: 'wrong',
  ledger: sqlite({ path: ':memory:' }),
  merchants: { cafe: { provider: stranger, receiptMerchantId: '542088' } },
});

class ShopModule {}
Module({ imports: [sandbox, broken, wrong], providers: [Orders] })(ShopModule);

const sale = (paymentId: string) => ({
  receipt_format: 'ru_1_05',
  payment_id: paymentId,
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      name: 'Tea',
      price: 50,
      quantity: 2,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
});

const application = await NestFactory.createApplicationContext(ShopModule);
const { receipts } = application.get(FiscalService);
await receipts.create({ receipt: sale('1'), waitMs: 5_000 });
await receipts.create({ receipt: sale('2'), waitMs: 500 });
await application.get(getFiscalServiceToken('wrong')).receipts.create({ receipt: sale('3') });
await store.close();
await new Promise((resolve) => setTimeout(resolve, 1_500));
await application.close();
await strict.close();

/** What an application on a major version of Nest depends on, besides ours. */
export const nest = (major: number) => ({
  '@nestjs/common': `^${major}.0.0`,
  '@nestjs/core': `^${major}.0.0`,
  'reflect-metadata': '^0.2.2',
  rxjs: '^7.8.2',
});

const imports = {
  module: `import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, FiscalService, sqlite } from '@fiscalkit/nestjs';`,
  commonjs: `require('reflect-metadata');
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { createFreedompay } = require('@fiscalkit/client/freedompay');
const { FiscalModule, FiscalService, sqlite } = require('@fiscalkit/nestjs');`,
};

const application = `
class ShopModule {}
Module({
  imports: [
    FiscalModule.forRoot({
      ledger: sqlite({ path: 'ledger-' + process.pid + '.sqlite' }),
      merchants: {
        shop: {
          receiptMerchantId: '542088',
          provider: createFreedompay({ merchantId: '542088', secretKey: 'secret_key', baseUrl: process.argv[2] }),
        },
      },
    }),
  ],
})(ShopModule);

async function sell() {
  const application = await NestFactory.createApplicationContext(ShopModule, { logger: false });
  const { receipt } = await application.get(FiscalService).receipts.create({
    receipt: {
      receipt_format: 'ru_1_05',
      payment_id: 1,
      operation_type: 'sell',
      customer: { email: 'buyer@example.com' },
      positions: [
        { name: 'Tea', price: 50, quantity: 2, vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' },
      ],
      settlements: [{ type: 'cashless', sum: 100 }],
    },
    waitMs: 10_000,
  });
  console.log(receipt.status, receipt.link);
  await application.close();
}

sell();
`;

/** A Nest application that fiscalizes one receipt at the provider whose URL is its argument, and prints what came of it. */
export const nestApplication = (type: 'module' | 'commonjs') => imports[type] + application;

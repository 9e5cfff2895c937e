import { startSandbox } from '@fiscalkit/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { installProject, packAll } from './project.fixture.js';

let tarballs: Record<string, string>;

beforeAll(async () => {
  tarballs = await packAll();
}, 120_000);

const nest = (major: number) => ({
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
      ledger: sqlite({ path: 'ledger.sqlite' }),
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

describe('a new application outside the workspace', () => {
  it.each([
    [12, 'module'],
    [12, 'commonjs'],
    [11, 'module'],
    [11, 'commonjs'],
  ] as const)(
    'on Nest %i, in a %s, fiscalizes a receipt',
    async (major, type) => {
      const sandbox = await startSandbox({ port: 0 });
      const project = await installProject({ type, tarballs, dependencies: nest(major) });
      project.write('main.js', imports[type] + application);
      const printed = await project.node('main.js', sandbox.url);
      expect(printed).toMatch(/^registered https:\/\/consumer\.1-ofd-test\.ru/);
      expect(sandbox.journal().receipts).toHaveLength(1);
      await sandbox.close();
    },
    180_000,
  );
});

const typed = `
import { Module } from '@nestjs/common';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, FiscalService, OnFiscalEvent, sqlite, type FiscalEvent } from '@fiscalkit/nestjs';
import { FiscalTestingModule } from '@fiscalkit/nestjs/testing';

export class Mailer {
  @OnFiscalEvent('receipt.registered')
  async mail(event: FiscalEvent): Promise<void> {
    await Promise.resolve(event.id);
  }
}

@Module({
  imports: [
    FiscalModule.forRoot({
      ledger: sqlite({ path: 'ledger.sqlite' }),
      merchants: { shop: { provider: createFreedompay({ merchantId: '1', secretKey: 'key' }) } },
    }),
  ],
  providers: [Mailer],
})
export class ShopModule {}

export async function statusOf(service: FiscalService, id: string): Promise<'pending' | 'registered' | 'rejected' | undefined> {
  return (await service.receipts.get({ id }))?.status;
}

export const forTests = FiscalTestingModule.forRoot();
`;

const strict = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  experimentalDecorators: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node'],
};

describe('a TypeScript application', () => {
  it.each([
    ['nodenext', '7.0.2', 12, { module: 'nodenext', moduleResolution: 'nodenext' }],
    ['commonjs with node10 resolution', '5.9.3', 11, { module: 'commonjs', moduleResolution: 'node10' }],
  ] as const)(
    'type-checks with %s',
    async (_, typescript, major, resolution) => {
      const project = await installProject({
        type: resolution.module === 'nodenext' ? 'module' : 'commonjs',
        tarballs,
        dependencies: { ...nest(major), typescript, '@types/node': '^24.0.0' },
      });
      project.write('shop.ts', typed);
      project.write(
        'tsconfig.json',
        JSON.stringify({ compilerOptions: { ...strict, ...resolution }, files: ['shop.ts'] }),
      );
      expect(await project.node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')).toBe('');
    },
    180_000,
  );
});

import { createServer } from 'node:net';
import { createAtol } from '@fiscalkit/client/atol';
import { sampleAtolGroups, startSandbox } from '@fiscalkit/sandbox';
import { type CanActivate, Module } from '@nestjs/common';
import { type AbstractHttpAdapter, APP_GUARD, Reflector } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { expect, it, onTestFinished } from 'vitest';
import { FiscalModule } from '../module/fiscal.module.js';
import { sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';
import { callbackController } from './callback-controller.js';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The application's own decorator, which lifts its guard. */
const IsPublic = Reflector.createDecorator<boolean>();

class Guard implements CanActivate {
  readonly #reflector = new Reflector();

  canActivate(context: Parameters<CanActivate['canActivate']>[0]): boolean {
    return this.#reflector.get(IsPublic, context.getClass()) ?? false;
  }
}

const adapters: [string, () => AbstractHttpAdapter][] = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
];

it.each(adapters)('a controller at its own path takes callbacks in Nest on %s', async (_, createAdapter) => {
  const sandbox = await startSandbox({ registrationDelayMs: 50 });
  onTestFinished(() => sandbox.close());
  const [group] = sampleAtolGroups;
  if (!group) throw new Error('there is no group');
  const port = await freePort();
  const Callbacks = callbackController({ path: 'shop/fiscal' });
  IsPublic(true)(Callbacks);

  @Module({
    imports: [
      FiscalModule.forRoot({
        ledger: sqlite({ path: ':memory:' }),
        callbacks: {
          url: `http://127.0.0.1:${port}/shop/fiscal`,
          key: 'a-key-of-callbacks-that-is-long-enough',
        },
        merchants: {
          shop: {
            receiptMerchantId: String(sale('1').merchant_id),
            company: {
              inn: '5544332219',
              tax_system: 'osn',
              email: 'a@b.example',
              payment_address: 'shop.example',
            },
            provider: () =>
              createAtol({
                version: group.version,
                groupCode: group.code,
                login: group.login,
                password: group.password,
                baseUrl: `${sandbox.url}/possystem`,
                pollMs: 600_000,
              }),
          },
        },
      }),
    ],
    controllers: [Callbacks],
    providers: [{ provide: APP_GUARD, useClass: Guard }],
  })
  class Shop {}

  const compiled = await Test.createTestingModule({ imports: [Shop] }).compile();
  const application = compiled.createNestApplication(createAdapter(), { logger: false });
  await application.listen(port, '127.0.0.1');
  onTestFinished(() => application.close());

  const { receipts } = application.get(FiscalService);
  const { receipt } = await receipts.create({ receipt: sale('1'), waitMs: 8_000 });
  expect(receipt.status).toBe('registered');
  expect(sandbox.journal().atolCallbacks).toMatchObject([{ answered: 200 }]);

  const wrong = await fetch(`http://127.0.0.1:${port}/shop/fiscal/0123456789abcdef/a-secret`, {
    method: 'POST',
  });
  expect([wrong.status, await wrong.text()]).toEqual([404, expect.not.stringContaining('a-secret')]);
});

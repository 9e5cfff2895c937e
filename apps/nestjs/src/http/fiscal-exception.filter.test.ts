import type { AddressInfo } from 'node:net';
import { FiscalError } from '@fiscalkit/schemas';
import { type ArgumentsHost, Controller, Get, HttpException, Inject, Module, Post } from '@nestjs/common';
import { type AbstractHttpAdapter, APP_FILTER } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { FiscalTestingModule } from '../testing/fiscal-testing.module.js';
import { FiscalExceptionFilter } from './fiscal-exception.filter.js';

const settlements = [{ type: 'cashless' as const, sum: 99 }];

@Controller()
class Orders {
  constructor(@Inject(FiscalService) private readonly fiscal: FiscalService) {}

  @Post('faulty')
  faulty() {
    return this.fiscal.receipts.create({ receipt: { ...sale('1'), settlements } });
  }

  @Post('conflict')
  async conflict() {
    await this.fiscal.receipts.create({ receipt: sale('1'), idempotencyKey: 'one' });
    return this.fiscal.receipts.create({ receipt: sale('2'), idempotencyKey: 'one' });
  }

  @Post('twin')
  async twin() {
    await this.fiscal.receipts.create({ receipt: sale('3'), idempotencyKey: 'first' });
    return this.fiscal.receipts.create({ receipt: sale('3'), idempotencyKey: 'second' });
  }

  @Get('away')
  away() {
    throw new FiscalError({ code: 'ledger.unavailable', message: 'Not now.', retryable: true });
  }

  @Get('copy')
  copy() {
    // As another copy of the package throws it.
    throw Object.assign(new Error('Wrong.'), {
      [Symbol.for('fiscalkit.error')]: true,
      ...{ code: 'receipt.invalid', faults: [], retryable: false },
    });
  }

  @Get('own')
  own() {
    throw new HttpException('teapot', 418);
  }
}

@Module({
  imports: [FiscalTestingModule.forRoot()],
  controllers: [Orders],
  providers: [{ provide: APP_FILTER, useClass: FiscalExceptionFilter }],
})
class ShopModule {}

async function start(adapter: AbstractHttpAdapter): Promise<string> {
  const testing = await Test.createTestingModule({ imports: [ShopModule] }).compile();
  const application = testing.createNestApplication(adapter, { logger: false });
  onTestFinished(() => application.close());
  await application.listen(0, '127.0.0.1');
  const { port } = application.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('on %s, a FiscalError', (_, adapterOf) => {
  it('is answered with its status, in the envelope of the gateway', async () => {
    const url = await start(adapterOf());
    const call = async (method: string, path: string) => {
      const answer = await fetch(`${url}/${path}`, { method, headers: { 'x-request-id': 'order-7' } });
      const body: unknown = await answer.json();
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body };
    };
    expect(await call('POST', 'faulty')).toMatchObject({
      status: 422,
      retryAfter: null,
      body: {
        error: {
          code: 'receipt.invalid',
          retryable: false,
          request_id: 'order-7',
          errors: { '$.settlements': [expect.any(String)] },
          faults: [{ code: 'receipt.settlements.mismatch', path: '$.settlements' }],
        },
      },
    });
    expect(await call('POST', 'conflict')).toMatchObject({
      status: 409,
      body: { error: { code: 'idempotency.conflict' } },
    });
    expect(await call('POST', 'twin')).toMatchObject({
      status: 409,
      body: { error: { code: 'receipt.twin', existing: { receipt_id: expect.any(String) } } },
    });
    expect(await call('GET', 'away')).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { error: { code: 'ledger.unavailable', retryable: true } },
    });
    expect(await call('GET', 'copy')).toMatchObject({ status: 422 });
    expect(await call('GET', 'own')).toMatchObject({ status: 418, body: { message: 'teapot' } });
  });
});

it.each(['rpc', 'graphql'])('leaves an error in the context %s alone', (type) => {
  const host = { getType: () => type, switchToHttp: () => expect.unreachable() } as unknown as ArgumentsHost;
  const error = new FiscalError({ code: 'receipt.invalid', message: 'No.', retryable: false });
  expect(new FiscalExceptionFilter().catch(error, host)).toBeUndefined();
});

it('tells the client of a WebSocket gateway, which would wait for ever', () => {
  const error = new FiscalError({ code: 'ledger.unavailable', message: 'Not now.', retryable: true });
  const reported = {
    status: 'error',
    message: 'Not now.',
    error: { code: 'ledger.unavailable', retryable: true },
  };
  const hostOf = (client: object) =>
    ({ getType: () => 'ws', switchToWs: () => ({ getClient: () => client }) }) as unknown as ArgumentsHost;
  const events: unknown[] = [];
  const messages: string[] = [];
  new FiscalExceptionFilter().catch(error, hostOf({ emit: (...event: unknown[]) => events.push(event) }));
  const socket = {
    readyState: 1,
    emit: () => expect.unreachable(),
    send: (text: string) => messages.push(text),
  };
  new FiscalExceptionFilter().catch(error, hostOf(socket));
  expect(events).toMatchObject([['exception', reported]]);
  expect(messages.map((text) => JSON.parse(text))).toMatchObject([{ event: 'exception', data: reported }]);
});

import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, isFiscalError, postgres, sqlite, type FiscalModuleOptions } from '@fiscalkit/nestjs';
import { startSandbox } from '@fiscalkit/sandbox';
import { Test, TestingModule } from '@nestjs/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppController } from './app.controller';
import { AppService } from './app.service';
import { Orders } from './orders';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function compile(ledger: FiscalModuleOptions['ledger'], baseUrl: string): Promise<TestingModule> {
  const provider = () => createFreedompay({ merchantId: '542088', secretKey: 'secret_key', baseUrl });
  const fiscal = FiscalModule.forRoot({ ledger, merchants: { shop: { receiptMerchantId: '542088', provider } } });
  return Test.createTestingModule({
    imports: [fiscal],
    controllers: [AppController],
    providers: [AppService, Orders],
  }).compile();
}

async function open(ledger: FiscalModuleOptions['ledger'], baseUrl: string): Promise<TestingModule> {
  const app = await compile(ledger, baseUrl);
  await app.init();
  opened.push(app);
  return app;
}

async function sandboxOnLocalhost() {
  const sandbox = await startSandbox({ port: 0 });
  opened.push(sandbox);
  return sandbox;
}

const newFile = () => join(mkdtempSync(join(tmpdir(), 'fiscalkit-starter-')), 'fiscal.sqlite');

describe('a ledger', () => {
  it('in a file registers a receipt, tells of it, and refuses a second user', async () => {
    const [path, sandbox] = [newFile(), await sandboxOnLocalhost()];
    const app = await open(sqlite({ path }), sandbox.url);
    const receipt = await app.get(Orders).paid({ id: '1', email: 'buyer@example.com' });
    expect(receipt.status).toBe('registered');
    const { links } = app.get(AppController);
    while (links.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(links).toEqual([receipt.link]);

    const second = await compile(sqlite({ path }), sandbox.url);
    const failure: unknown = await second.init().catch((error: unknown) => error);
    expect(isFiscalError(failure) && failure.code).toBe('ledger.in-use');
  }, 30_000);

  it('on a server that is away says so', async () => {
    const away = postgres({ connectionString: 'postgres://shop@127.0.0.1:1/shop' });
    const app = await compile(away, 'http://127.0.0.1:1');
    const failure: unknown = await app.init().catch((error: unknown) => error);
    expect(isFiscalError(failure) && failure.code).toBe('ledger.unavailable');
  }, 30_000);

  it('keeps what a provider that is away was not given', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const app = await open(sqlite({ path: newFile() }), sandbox.url);
    await sandbox.close();
    const paid = app.get(Orders).paid({ id: '2', email: 'buyer@example.com' });
    opened.push(await startSandbox({ port: sandbox.port }));
    expect((await paid).status).toBe('registered');
  }, 30_000);

  it('in PostgreSQL registers a receipt', async () => {
    const sandbox = await sandboxOnLocalhost();
    const app = await open(postgres({ connectionString: `${process.env.DATABASE_URL}` }), sandbox.url);
    const receipt = await app.get(Orders).paid({ id: '3', email: 'buyer@example.com' });
    expect(receipt.status).toBe('registered');
  }, 30_000);
});

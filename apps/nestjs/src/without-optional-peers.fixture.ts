import 'reflect-metadata';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { NestFactory } from '@nestjs/core';

/** A process that runs an application where no optional peer is installed; its argument is the built main entry. */
const optionalPeers = /^@(?:opentelemetry|nestjs\/terminus|fiscalkit\/sandbox)\b/;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!optionalPeers.test(specifier)) return nextResolve(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

const { createFreedompay } = await import('@fiscalkit/client/freedompay');
const { FiscalModule, FiscalService, sqlite } = await import(pathToFileURL(process.argv[2] ?? '').href);
const provider = () => createFreedompay({ merchantId: '1', secretKey: 'key', baseUrl: 'http://127.0.0.1:1' });
const module = FiscalModule.forRoot({
  ledger: sqlite({ path: ':memory:' }),
  merchants: { shop: { provider } },
});
const application = await NestFactory.createApplicationContext(module, { logger: false });
const { due } = await application.get(FiscalService).figures();
await application.close();
process.stdout.write(JSON.stringify({ due }));

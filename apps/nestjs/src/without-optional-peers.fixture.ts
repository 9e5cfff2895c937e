import 'reflect-metadata';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { NestFactory } from '@nestjs/core';

/**
 * A process that runs an application where no optional peer is installed. Its arguments are the built main entry and, for a module that
 * asks for the sandbox, `sandbox`.
 */
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
const given = { ledger: sqlite({ path: ':memory:' }), merchants: { shop: { provider } } };
const module = FiscalModule.forRoot(process.argv[3] === 'sandbox' ? { sandbox: true } : given);
try {
  const application = await NestFactory.createApplicationContext(module, {
    logger: false,
    abortOnError: false,
  });
  const { due } = await application.get(FiscalService).figures();
  await application.close();
  process.stdout.write(JSON.stringify({ due }));
} catch (error) {
  const { code, message } = Object(error);
  process.stdout.write(JSON.stringify({ code, message }));
}

import { createSqliteStore } from '@fiscalkit/ledger';
import { TerminusModule } from '@nestjs/terminus';
import { expect, it } from 'vitest';
import { openSandbox, pollOptions, shopAt, startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { getFiscalServiceToken } from '../module/inject-fiscal.decorator.js';
import { sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { FiscalTestingModule } from '../testing/fiscal-testing.module.js';
import { FiscalHealthIndicator } from './fiscal.health.js';

const health = { imports: [TerminusModule], providers: [FiscalHealthIndicator] };

it('is up while all is well', async () => {
  const imports = [...health.imports, FiscalTestingModule.forRoot()];
  const application = await startApplication({ ...health, imports });
  expect(await application.get(FiscalHealthIndicator).isHealthy('fiscal')).toEqual({
    fiscal: {
      status: 'up',
      providers: { freedompay: 'closed', fiscalbox: 'closed' },
      due: 0,
      overdue: 0,
    },
  });
});

it('is degraded while a provider is out of reach', async () => {
  const testing = FiscalTestingModule.forRoot({
    name: 'uz',
    faults: [{ endpoint: 'receipts.create', fault: { kind: 'status', status: 503 } }],
    delivery: { defaults: { breaker: { failures: 1, coolDownMs: 60_000, factor: 1, capMs: 60_000 } } },
  });
  const application = await startApplication({ ...health, imports: [...health.imports, testing] });
  const fiscal = application.get<FiscalService>(getFiscalServiceToken('uz'));
  await fiscal.receipts.create({ receipt: sale('1') });
  await expect
    .poll(() => application.get(FiscalHealthIndicator).isHealthy('fiscal', fiscal), pollOptions)
    .toMatchObject({ fiscal: { status: 'degraded', providers: { freedompay: 'open' } } });
});

it('is degraded while a provider refuses the key of a merchant', async () => {
  const merchants = { shop: shopAt(await openSandbox(), 'a wrong key') };
  const options = { ledger: createSqliteStore({ path: ':memory:' }), merchants };
  const imports = [...health.imports, FiscalModule.forRoot(options)];
  const application = await startApplication({ ...health, imports });
  await application.get(FiscalService).receipts.create({ receipt: sale('1') });
  await expect
    .poll(() => application.get(FiscalHealthIndicator).isHealthy('fiscal'), pollOptions)
    .toMatchObject({
      fiscal: {
        status: 'degraded',
        providers: { freedompay: 'closed' },
        accounts: { troubled: 1, first: [{ provider: 'freedompay', refusedKeysOf: ['shop'] }] },
      },
    });
});

it('is up, and tells until when, while a restored ledger looks before it sends', async () => {
  const store = createSqliteStore({ path: ':memory:' });
  const until = new Date(Date.now() + 3_600_000);
  await store.declareRestored({ since: new Date(Date.now() - 1_000), until });
  const options = { ledger: store, merchants: { shop: shopAt(await openSandbox()) }, deliver: false };
  const imports = [...health.imports, FiscalModule.forRoot(options)];
  const application = await startApplication({ ...health, imports });
  expect(await application.get(FiscalHealthIndicator).isHealthy('fiscal')).toMatchObject({
    fiscal: { status: 'up', restoredUntil: until.toISOString() },
  });
});

it('is down while the ledger can not be read', async () => {
  const store = createSqliteStore({ path: ':memory:' });
  const options = { ledger: store, merchants: { shop: shopAt(await openSandbox()) }, deliver: false };
  const imports = [...health.imports, FiscalModule.forRoot(options)];
  const application = await startApplication({ ...health, imports });
  await store.close();
  expect(await application.get(FiscalHealthIndicator).isHealthy('fiscal')).toEqual({
    fiscal: { status: 'down', code: 'ledger.unavailable' },
  });
});

it('is down where there is no such module', async () => {
  const application = await startApplication(health);
  expect(await application.get(FiscalHealthIndicator).isHealthy('fiscal')).toMatchObject({
    fiscal: { status: 'down' },
  });
});

import { Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expect, it, onTestFinished } from 'vitest';
import { startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { FiscalSandbox } from './fiscal-sandbox.js';
import { FiscalTestingModule } from './fiscal-testing.module.js';

it('registers in a sandbox of its own, with no other set-up', async () => {
  const application = await startApplication({ imports: [FiscalTestingModule.forRoot()] });
  const { receipt } = await application
    .get(FiscalService)
    .receipts.create({ receipt: sale('1'), waitMs: 5_000 });
  expect(receipt.status).toBe('registered');
  const sandbox = application.get(FiscalSandbox);
  expect(sandbox.journal({ paymentId: '1' }).receipts).toMatchObject([{ status: 'registered' }]);
  sandbox.reset();
  expect(sandbox.journal().receipts).toEqual([]);
});

it('makes things go wrong as told at the start and later, and still registers once', async () => {
  const dropped = { endpoint: 'receipts.create', on: { call: 1 }, fault: { kind: 'drop-after' } } as const;
  const application = await startApplication({
    imports: [FiscalTestingModule.forRoot({ faults: [dropped] })],
  });
  const { receipts } = application.get(FiscalService);
  const sandbox = application.get(FiscalSandbox);
  expect(await receipts.create({ receipt: sale('1'), waitMs: 10_000 })).toMatchObject({
    receipt: { status: 'registered' },
  });
  expect(sandbox.journal({ paymentId: '1' }).receipts).toHaveLength(1);

  sandbox.faults.add({ endpoint: 'receipts.create', fault: { kind: 'reject' } });
  expect(await receipts.create({ receipt: sale('2'), waitMs: 5_000 })).toMatchObject({
    receipt: { status: 'rejected' },
  });
});

it('knows the merchants that it is given', async () => {
  const merchants = { cafe: { receiptMerchantId: '700124', warningsAsFaults: true } };
  const application = await startApplication({
    imports: [FiscalTestingModule.forRoot({ merchants, registrationDelayMs: 20 })],
  });
  const receipt = { ...sale('1'), merchant_id: '700124' };
  const { receipts } = application.get(FiscalService);
  expect(await receipts.create({ receipt, waitMs: 10_000 })).toMatchObject({
    receipt: { status: 'registered' },
  });
});

it("takes the place of an application's own FiscalModule", async () => {
  const production = FiscalModule.forRoot({ merchants: {} });
  @Injectable()
  class Orders {
    constructor(@Inject(FiscalService) readonly fiscal: FiscalService) {}
  }
  @Module({ imports: [production], providers: [Orders] })
  class ShopModule {}

  const application = await Test.createTestingModule({ imports: [ShopModule] })
    .overrideModule(production)
    .useModule(FiscalTestingModule.forRoot())
    .compile();
  onTestFinished(() => application.close());
  await application.init();
  const { fiscal } = application.get(Orders);
  expect(await fiscal.receipts.create({ receipt: sale('1'), waitMs: 5_000 })).toMatchObject({
    receipt: { status: 'registered' },
  });
});

it('has no sandbox before the application is initialised', async () => {
  const application = await Test.createTestingModule({ imports: [FiscalTestingModule.forRoot()] }).compile();
  expect(() => application.get(FiscalSandbox).url).toThrow(
    expect.objectContaining({ code: 'sandbox.not-running' }),
  );
});

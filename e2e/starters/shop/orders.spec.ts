import { FiscalSandbox, FiscalTestingModule } from '@fiscalkit/nestjs/testing';
import { Test, TestingModule } from '@nestjs/testing';
import { AppModule } from './app.module';
import { fiscal } from './fiscal';
import { Orders } from './orders';

describe('a paid order', () => {
  let app: TestingModule;

  beforeEach(async () => {
    app = await Test.createTestingModule({ imports: [AppModule] })
      .overrideModule(fiscal)
      .useModule(FiscalTestingModule.forRoot())
      .compile();
    await app.init();
  });

  // Also after a test that failed: what stays open keeps the process from ending.
  afterEach(() => app.close());

  it('has one receipt, though the first answer was lost', async () => {
    const sandbox = app.get(FiscalSandbox);
    sandbox.faults.add({ endpoint: 'receipts.create', on: { call: 1 }, fault: { kind: 'drop-after' } });
    const receipt = await app.get(Orders).paid({ id: '1', email: 'buyer@example.com' });
    expect(receipt.status).toBe('registered');
    expect(sandbox.journal().receipts).toMatchObject([{ payment_id: '1', total: 100, link: receipt.link }]);
  }, 30_000);
});

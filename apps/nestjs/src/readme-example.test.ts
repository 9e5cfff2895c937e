import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fiscal, Orders, ShopModule } from './readme-example.fixture.js';
import { FiscalSandbox, FiscalTestingModule } from './testing/index.js';

let application: TestingModule;

beforeEach(async () => {
  application = await Test.createTestingModule({ imports: [ShopModule] })
    .overrideModule(fiscal)
    .useModule(FiscalTestingModule.forRoot())
    .compile();
  await application.init();
});

afterEach(() => application.close());

it('registers the receipt of an order', async () => {
  const { id } = await application.get(Orders).paid({ id: '1', email: 'buyer@example.com', total: '100.00' });
  const [receipt] = await application.get(FiscalSandbox).registered();
  expect(receipt).toMatchObject({ payment_id: '1', total: 100 });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

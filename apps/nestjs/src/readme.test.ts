import { readFileSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { patience } from './application.fixture.js';
import { fiscal, Orders, ShopModule } from './readme-example.fixture.js';
import { FiscalSandbox } from './testing/fiscal-sandbox.js';
import { FiscalTestingModule } from './testing/fiscal-testing.module.js';

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

it('prints the example that is run here', () => {
  const example = textOf('./readme-example.fixture.ts').replace("'./index.js'", "'@fiscalkit/nestjs'");
  expect(textOf('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it('has an example that fiscalizes an order', async () => {
  const application = await Test.createTestingModule({ imports: [ShopModule] })
    .overrideModule(fiscal)
    .useModule(FiscalTestingModule.forRoot())
    .compile();
  onTestFinished(() => application.close());
  await application.init();
  const orders = application.get(Orders);
  await orders.paid({ id: '1', email: 'buyer@example.com', total: '100.00' });
  await vi.waitFor(() => expect(orders.links).toHaveLength(1), patience);
  expect(application.get(FiscalSandbox).journal().receipts).toMatchObject([
    { payment_id: '1', total: 100, link: orders.links[0] },
  ]);
});

import { readFileSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { pollOptions } from './application.fixture.js';
import { fiscal, Orders, ShopModule } from './readme-example.fixture.js';
import { FiscalSandbox } from './testing/fiscal-sandbox.js';
import { FiscalTestingModule } from './testing/fiscal-testing.module.js';

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

it('prints the example that is run here', () => {
  const example = textOf('./readme-example.fixture.ts').replace("'./index.js'", "'@fiscalkit/nestjs'");
  expect(textOf('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it('prints the test that is run here', () => {
  const test = textOf('./readme-example.test.ts')
    .replace("'./readme-example.fixture.js'", "'./shop.module.js'")
    .replace("'./testing/index.js'", "'@fiscalkit/nestjs/testing'");
  expect(textOf('../README.md')).toContain(`\`\`\`ts\n${test}\`\`\``);
});

it('has one line that installs all that its examples import', () => {
  const readme = textOf('../README.md');
  const [line = ''] = /^npm install .*$/m.exec(readme) ?? [];
  const imported = [...readme.matchAll(/from '((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(([, name]) => name ?? '');
  const ofNest = ['@nestjs/common', '@nestjs/testing', 'vitest'];
  const ours = new Set(imported.filter((name) => !ofNest.includes(name) && !name.startsWith('.')));
  for (const name of [...ours, '@fiscalkit/sandbox']) expect(line).toContain(name);
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
  await vi.waitFor(() => expect(orders.links).toHaveLength(1), pollOptions);
  expect(application.get(FiscalSandbox).journal().receipts).toMatchObject([
    { payment_id: '1', total: 100, link: orders.links[0] },
  ]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { sampleMerchant, startSandbox } from '@fiscalkit/sandbox';
import type { FiscalReceipt } from '@fiscalkit/schemas';
import { expect, it, onTestFinished, vi } from 'vitest';
import { root } from './example-in.fixture.js';

it('is the example that the README of the ledger prints', () => {
  const example = readFileSync(new URL('./ledger-on-postgres.fixture.ts', import.meta.url), 'utf8');
  const readme = readFileSync(join(root, 'packages/ledger/README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it('writes an order and its receipt together, or neither', async () => {
  const server = await startPostgresServer({ inMemory: true });
  onTestFinished(() => server.stop());
  await server.run('CREATE TABLE orders (id text PRIMARY KEY)');
  const sandbox = await startSandbox({ registrationDelayMs: 0 });
  onTestFinished(() => sandbox.close());
  vi.stubEnv('DATABASE_URL', server.connectionString);
  vi.stubEnv('FREEDOMPAY_KEY', sampleMerchant.secretKey);
  vi.stubEnv('FREEDOMPAY_URL', sandbox.url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { placeOrder, receiptOf, close } = await import('./ledger-on-postgres.fixture.js');
  onTestFinished(close);

  const id = await placeOrder('1', saleOf('1'));
  expect(await receiptOf(id)).toMatchObject({ status: 'registered', payment_id: '1' });
  // The order is there already: its receipt is not accepted either.
  await expect(placeOrder('1', saleOf('2'))).rejects.toThrow();
  await expect(placeOrder('2', { ...saleOf('3'), settlements: [] })).rejects.toMatchObject({
    code: 'receipt.invalid',
  });
  expect(await server.run('SELECT id FROM orders')).toEqual([{ id: '1' }]);
  expect(sandbox.journal().receipts).toHaveLength(1);
});

function saleOf(payment_id: string): FiscalReceipt {
  return {
    receipt_format: 'ru_1_05',
    payment_id,
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [
      {
        name: 'Tea',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  };
}

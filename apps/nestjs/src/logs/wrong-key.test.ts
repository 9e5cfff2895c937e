import { isFiscalError } from '@fiscalkit/schemas';
import { expect, it } from 'vitest';
import { openSandbox, pollOptions, shopAt, startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import type { FiscalModuleOptions } from '../module/fiscal-module-options.js';
import { sale } from '../receipt.fixture.js';
import { RecordingLogger } from '../recording-logger.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';

const secretKey = 'canary-wrong-key';

async function startShop(key: string) {
  const logger = new RecordingLogger();
  const options: FiscalModuleOptions = {
    ledger: sqlite({ path: ':memory:' }),
    merchants: { shop: shopAt(await openSandbox(), key) },
    delivery: { policy: hasty },
  };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] }, logger);
  return { logger, fiscal: application.get(FiscalService) };
}

const often = { baseMs: 10, factor: 1, capMs: 10, jitter: 0 };
const hasty = {
  retry: often,
  poll: often,
  reissue: { ...often, most: 1 },
  firstFindMs: 10,
  advice: { leastMs: 0, mostMs: 10 },
};

it('says once in words that a provider refuses the key of a merchant, and nothing of the key', async () => {
  const { logger, fiscal } = await startShop(secretKey);
  let refused = 0;
  fiscal.observe((event) => {
    if (event.type === 'attempt' && event.reason === 'provider.unauthorized') refused += 1;
  });
  for (const payment of ['1', '2', '3']) await fiscal.receipts.create({ receipt: sale(payment) });
  await expect.poll(() => refused, pollOptions).toBeGreaterThan(6);
  expect(logger.fiscal.filter((line) => line.includes('account.unauthorized'))).toEqual([
    expect.stringMatching(
      /^warn Fiscal account\.unauthorized provider=freedompay account=\S+ merchant=shop - freedompay refuses the key .*merchant shop/,
    ),
  ]);
  expect(
    logger.fiscal.filter((line) => /^(log|warn|error) .*code=provider\.unauthorized/.test(line)),
  ).toEqual([]);
  expect(logger.lines.join('\n')).not.toContain('canary');
});

it.each(['', ' '])('does not start with the key %j', async (key) => {
  const error: unknown = await startShop(key).catch((thrown: unknown) => thrown);
  expect(isFiscalError(error) && error.code).toBe('settings.secret-key');
});

it('says in one line at the start where the ledger is, who sells, and where documents go', async () => {
  const { logger } = await startShop(secretKey);
  const lines = logger.fiscal.filter((line) => line.includes('ledger.open'));
  expect(lines).toEqual([
    expect.stringMatching(
      /^log Fiscal ledger\.open at=:memory: merchants=shop providers=freedompay@127\.0\.0\.1:\d+,fiscalbox@127\.0\.0\.1:\d+$/,
    ),
  ]);
});

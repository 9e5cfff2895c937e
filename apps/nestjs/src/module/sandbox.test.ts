import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSqliteStore } from '@fiscalkit/ledger';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ledgerPath, startApplication } from '../application.fixture.js';
import { confirmation, sale } from '../receipt.fixture.js';
import { RecordingLogger } from '../recording-logger.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalModule } from './fiscal.module.js';
import type { FiscalModuleOptions } from './fiscal-module-options.js';

const run = promisify(execFile);

async function start(options: FiscalModuleOptions) {
  const logger = new RecordingLogger();
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] }, logger);
  return { application, logger, fiscal: application.get(FiscalService) };
}

describe('a FiscalModule with the sandbox', () => {
  it('registers receipts of the sample shop without any other setting, and says so in one line', async () => {
    const { logger, fiscal } = await start({ sandbox: true });
    const { merchant_id: _filledIn, ...receipt } = sale('1');
    const created = await fiscal.receipts.create({ receipt, waitMs: 10_000 });
    expect(created.receipt).toMatchObject({ status: 'registered', link: expect.stringContaining('http') });
    expect(await fiscal.payments.confirm({ wallet: 'anor', confirmation })).toMatchObject({
      state: 'registered',
    });
    expect(fiscal.setup()).toMatchObject({ place: ':memory:', merchants: ['shop'] });
    const lines = logger.fiscal.filter((line) => line.includes('sandbox.open'));
    expect(lines).toEqual([
      expect.stringMatching(/^warn Fiscal sandbox\.open at=http:\/\/127\.0\.0\.1:\d+ - .*emulated/),
    ]);
    const [, url] = /at=(\S+)/.exec(lines[0] ?? '') ?? [];
    const journal: unknown = await (await fetch(`${url}/_sandbox/journal`)).json();
    expect(journal).toMatchObject({ receipts: [{ payment_id: '1' }] });
  });

  it('stands in the place of the providers that merchants have', async () => {
    const provider = vi.fn<() => never>();
    const merchants = { cafe: { provider, receiptMerchantId: '542088' }, kiosk: { receiptMerchantId: '77' } };
    const { fiscal } = await start({ sandbox: true, merchants });
    const created = await fiscal.receipts.create({ merchant: 'cafe', receipt: sale('1'), waitMs: 10_000 });
    expect(created.receipt.status).toBe('registered');
    expect(provider).not.toHaveBeenCalled();
  });

  it('keeps the ledger that is given, and registers nothing there that waits for the real provider', async () => {
    const path = ledgerPath();
    const { createFreedompay } = await import('@fiscalkit/client/freedompay');
    const real = () =>
      createFreedompay({
        merchantId: '542088',
        secretKey: 'key',
        baseUrl: 'http://127.0.0.1:1',
        attemptMs: 500,
      });
    const merchants = { shop: { receiptMerchantId: '542088', provider: real } };
    const first = await start({ ledger: sqlite({ path }), merchants, deliver: false });
    const { receipt } = await first.fiscal.receipts.create({ receipt: sale('1') });
    await first.application.close();
    const second = await start({ ledger: sqlite({ path }), merchants, sandbox: true });
    const own = await second.fiscal.receipts.create({ receipt: sale('2'), waitMs: 10_000 });
    expect(own.receipt.status).toBe('registered');
    await expect
      .poll(async () => (await second.fiscal.interventions.history(receipt.receipt_id))?.entry.reason?.code)
      .toBe('provider.account-changed');
    await second.application.close();
    await createSqliteStore({ path }).close();
  });

  it.each(['production', 'Production', 'PRODUCTION', 'production\n'])(
    'is refused in %j',
    async (environment) => {
      vi.stubEnv('NODE_ENV', environment);
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      await expect(start({ sandbox: true })).rejects.toMatchObject({
        code: 'module.options',
        message: expect.stringContaining('production'),
      });
    },
  );

  it('says what to install where the sandbox is missing', async () => {
    const fixture = fileURLToPath(new URL('../without-optional-peers.fixture.ts', import.meta.url));
    const main = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
    const { stdout } = await run(process.execPath, [fixture, main, 'sandbox']);
    expect(JSON.parse(stdout)).toEqual({
      code: 'module.sandbox-missing',
      message: expect.stringContaining('npm install --save-dev @fiscalkit/sandbox'),
    });
  });
});

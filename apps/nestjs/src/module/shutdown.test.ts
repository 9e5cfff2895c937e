import { createSqliteStore } from '@fiscalkit/ledger';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ledgerPath, openSandbox, pollOptions, shopAt, startApplication } from '../application.fixture.js';
import { sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalModule } from './fiscal.module.js';

async function startSlow(latencyMs: number, shutdownGraceMs: number) {
  const path = ledgerPath();
  const fault = { kind: 'delay', ms: latencyMs } as const;
  const sandbox = await openSandbox({ faults: [{ endpoint: 'receipts.create', fault }] });
  const options = { ledger: sqlite({ path }), merchants: { shop: shopAt(sandbox) }, shutdownGraceMs };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  const { receipts } = application.get(FiscalService);
  const begun = () =>
    vi.waitFor(() => expect(sandbox.journal().requests['receipts.create']).toBe(1), {
      ...pollOptions,
      interval: 2,
    });
  return { path, sandbox, application, receipts, begun };
}

async function statesIn(path: string) {
  const store = createSqliteStore({ path });
  const entries = await store.list({ merchant: 'shop', offset: 0, limit: 10 });
  await store.close();
  return entries.map(({ state }) => state);
}

it('lets the calls under way end before it closes the ledger', async () => {
  const { path, sandbox, application, receipts, begun } = await startSlow(60, 5_000);
  const created = receipts.create({ receipt: sale('1'), waitMs: 10_000 });
  await begun();
  await application.close();
  expect((await created).receipt.status).toBe('registered');
  expect(await statesIn(path)).toEqual(['registered']);
  expect(sandbox.journal().receipts).toHaveLength(1);
});

it('cuts them off when the grace is over, and lets nobody wait for what will not happen here', async () => {
  const { path, application, receipts, begun } = await startSlow(10_000, 20);
  const { receipt } = await receipts.create({ receipt: sale('1') });
  const waiting = receipts.waitFor({ id: receipt.receipt_id, timeoutMs: 10_000 });
  await begun();
  const began = performance.now();
  await application.close();
  expect(await waiting).toMatchObject({ status: 'pending' });
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(await statesIn(path)).toEqual(['unknown']);
});

it('stops on a signal where shutdown hooks are enabled', async () => {
  const { path, application, receipts, begun } = await startSlow(20, 5_000);
  let signals = 0;
  const count = () => {
    signals += 1;
  };
  // Nest sends itself the signal again at the end; that this listener is there keeps the test's process alive.
  process.on('SIGUSR2', count);
  onTestFinished(() => {
    process.off('SIGUSR2', count);
  });
  application.enableShutdownHooks(['SIGUSR2']);
  await receipts.create({ receipt: sale('1') });
  await begun();
  process.kill(process.pid, 'SIGUSR2');
  await vi.waitFor(() => expect(signals).toBe(2), pollOptions);
  expect(await statesIn(path)).toEqual(['registered']);
});

import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from '../application.fixture.js';
import { httpStatusOf } from '../http/fiscal-exception.filter.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { sale } from '../receipt.fixture.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalService } from './fiscal.service.js';

const hourMs = 3_600_000;
const at = (offsetMs: number) => new Date(Date.now() + offsetMs);

async function start(merchants = ['shop']): Promise<FiscalService> {
  const sandbox = await openSandbox();
  const shops = Object.fromEntries(merchants.map((name) => [name, shopAt(sandbox)]));
  const options = { ledger: sqlite({ path: ':memory:' }), merchants: shops };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  return application.get(FiscalService);
}

/** What a shop would read from its database, row by row. */
async function* payments(first: number) {
  yield { paymentId: '1', amount: first, time: at(-hourMs / 2) };
  yield { paymentId: '2', kind: 'sell', amount: '20.00', time: at(-hourMs / 2).toISOString() } as const;
}

it('compares payments with the ledger and its provider, and remembers the findings', async () => {
  const fiscal = await start();
  const { receipt } = await fiscal.receipts.create({ receipt: sale('1'), waitMs: 10_000 });
  expect(fiscal.reconciliationFindings()).toBeNull();
  const window = { from: at(-hourMs), to: at(hourMs) };
  const report = await fiscal.reconcile(payments(receipt.total), { ...window, withProvider: true });
  expect(report.findings.map(({ code }) => code)).toEqual(['reconciliation.paid-without-receipt']);
  expect(report).toMatchObject({ country: 'ru', providers: [{ name: 'freedompay', complete: true }] });
  expect(fiscal.reconciliationFindings()).toEqual(report.counts);
  // A provider without a list is not asked.
  expect(report.providers).toHaveLength(1);
});

it('reports a day, and exports receipts with their marks', async () => {
  const fiscal = await start();
  const { receipt } = await fiscal.receipts.create({ receipt: sale('1'), waitMs: 10_000 });
  const exported = [];
  for await (const portion of fiscal.reports.export({ from: at(-hourMs), to: at(hourMs) }))
    exported.push(...portion);
  expect(exported).toMatchObject([{ receipt_id: receipt.receipt_id, status: 'registered' }]);
  expect(JSON.stringify(exported)).not.toContain('buyer@example.com');
  const date = exported[0]?.registered_at?.slice(0, 10) ?? '';
  const { rows, receipts } = await fiscal.reports.daily({ date });
  expect(receipts).toBe(1);
  expect(rows).toMatchObject([{ operationType: 'sell', totalMinor: BigInt(receipt.total * 100) }]);
  expect(await fiscal.reports.lastSeal()).toMatchObject({ hash: expect.stringMatching(/^[\da-f]{64}$/) });
});

it('asks whose receipts where there are several merchants, and says what a request lacks', async () => {
  const fiscal = await start(['one', 'two']);
  const window = { from: at(-hourMs), to: at(hourMs) };
  const refusals = [
    fiscal.reconcile([], window),
    fiscal.reconcile([], { merchant: 'three', ...window }),
    fiscal.reconcile([], { merchant: 'one', from: window.to, to: window.from }),
    fiscal.reports.daily({ merchant: 'one', date: 'today' }),
    fiscal.reports.export({ merchant: 'one', from: window.to, to: window.from }).next(),
  ];
  const codes = await Promise.all(
    refusals.map((call) =>
      call.then(
        () => expect.unreachable(),
        (error) => [error.code, httpStatusOf(error)],
      ),
    ),
  );
  expect(codes).toEqual([
    ['merchant.required', 422],
    ['merchant.unknown', 422],
    ['reconciliation.window', 400],
    ['report.date', 400],
    ['export.window', 400],
  ]);
});

import { FiscalError } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { findingKinds } from './finding.js';
import { ListingProvider, shop } from './ledger-filler.fixture.js';
import { type Payments, reconcile } from './reconcile.js';
import type { ReconcileOptions } from './reconciliation-report.js';
import { seedShop } from './seeded-shop.fixture.js';

const stores = usePostgresStores();
const sizes = { payments: 10_000, ofEachFault: 50, underWay: 500, atEdges: 500 };

const quarter = sizes.atEdges / 4;

async function findsAll(store: LedgerStore): Promise<void> {
  const { payments, provider, options, faults, clock } = await seedShop(store, sizes);
  const reported: string[] = [];
  const report = await reconcile({ reads: store, merchant: shop, providers: [provider], clock }, payments, {
    ...options,
    onFinding: ({ code }) => reported.push(code),
  });
  expect(report.findings.map(({ kind, paymentId }) => `${kind} ${paymentId}`).toSorted()).toEqual(
    faults.toSorted(),
  );
  expect(report.counts).toEqual(Object.fromEntries(findingKinds.map((kind) => [kind, sizes.ofEachFault])));
  expect(reported).toHaveLength(faults.length);
  expect(report.paymentsUnderWay).toBe(sizes.underWay);
  const { waiting, pending, unknown, doubtful, held } = report.receiptsUnderWay;
  expect([waiting, pending, unknown, doubtful, held]).toEqual(Array(5).fill(sizes.underWay / 5));
  expect(report.receiptsAtEdges).toBe(quarter + Math.ceil(quarter / 2));
  expect(report).toMatchObject({ country: 'ru', faults: [], moreFaults: 0, moreFindings: 0, notes: [] });
  expect(report.providers).toEqual([{ name: 'memory', documents: provider.listed.length, complete: true }]);
}

describe('a comparison', () => {
  it('finds every seeded fault and nothing else, on SQLite', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    await findsAll(store);
    await store.close();
  }, 60_000);

  it('finds every seeded fault and nothing else, on PostgreSQL', async () => {
    await findsAll(await stores.open(stores.newSchema()));
  }, 120_000);
});

describe('payments in any state', () => {
  const from = new Date('2026-05-04T00:00:00Z');
  const to = new Date('2026-05-05T00:00:00Z');
  const time = '2026-05-04T12:00:00Z';
  const clock = () => new Date('2026-05-05T01:00:00Z');
  const run = async (payments: Payments, given: Partial<ReconcileOptions> = {}, now = clock) => {
    const store = createSqliteStore({ path: ':memory:', clock: () => new Date(time) });
    await store.accept(newEntry({ document: { receipt_format: 'uz_1_0' } }));
    try {
      const subject = { reads: store, merchant: shop, providers: [], clock: now };
      return await reconcile(subject, payments, { from, to, ...given });
    } finally {
      await store.close();
    }
  };

  it('names broken lines, and compares the rest', async () => {
    const paid = { paymentId: '1', amount: 5, time };
    const report = await run([
      paid,
      { line: 2, unreadable: 'This line is no JSON.' },
      { ...paid, amount: '5.001' },
      { ...paid, paymentId: '2', currency: 'RUB' },
      { ...paid },
      { ...paid, paymentId: '3', currency: 'UZS' },
    ]);
    expect(report.faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'payment.unreadable'],
      [3, 'payment.scale'],
      [4, 'payment.currency'],
      [5, 'payment.duplicate'],
    ]);
    expect(report).toMatchObject({ paymentsRead: 6, country: 'uz' });
    expect(report.findings.map(({ paymentId }) => paymentId)).toEqual(['1', '3']);
  });

  it('compares as many parts of a payment as it bears, and names the others', async () => {
    const start = Date.parse(time);
    const parts = Array.from({ length: 150_000 }, (_, index) => ({
      paymentId: '1',
      amount: 5,
      time: new Date(start - index),
    }));
    const report = await run([
      ...parts,
      { ...parts[0], paymentId: '2' } as (typeof parts)[0],
      parts[149_999] as (typeof parts)[0],
    ]);
    expect(report.counts['paid-without-receipt']).toBe(201);
    expect(report.faults.length + report.moreFaults).toBe(150_000 - 200 + 1);
    expect(report.faults[0]).toMatchObject({ line: 201, code: 'payment.parts' });
  }, 60_000);

  it('knows a payment by its currency, and by its id however the letters are composed', async () => {
    const paid = { paymentId: '1', amount: 5, time };
    const report = await run([
      { ...paid, currency: 'RUB' },
      { ...paid, currency: 'UZS' },
      paid,
      { ...paid, paymentId: 'caf\u00e9' },
      { ...paid, paymentId: 'cafe\u0301' },
    ]);
    expect(report.faults.map(({ line, code }) => [line, code])).toEqual([
      [1, 'payment.currency'],
      [3, 'payment.duplicate'],
      [5, 'payment.duplicate'],
    ]);
    expect(report.findings.map(({ payment }) => payment?.line)).toEqual([2, 4]);

    const store = createSqliteStore({ path: ':memory:', clock: () => new Date(time) });
    const ids = ['caf\u00e9', 'cafe\u0301'];
    for (const paymentId of ids) {
      const { facets } = newEntry();
      await store.accept(
        newEntry({ merchant: paymentId, orderingKey: paymentId, facets: { ...facets, paymentId } }),
      );
    }
    for (const merchant of ids)
      for (const paymentId of ids) {
        const subject = { reads: store, merchant, providers: [], clock };
        const { findings, paymentsUnderWay } = await reconcile(subject, [{ ...paid, paymentId }], {
          from,
          to,
        });
        expect({ findings, paymentsUnderWay }).toEqual({ findings: [], paymentsUnderWay: 1 });
      }
    await store.close();
  });

  it('says that the window has not ended, and that the country is not known', async () => {
    const report = await run([], {}, () => new Date(time));
    expect(report.notes.map(({ code }) => code)).toEqual(['reconciliation.window-open']);
    const other = createSqliteStore({ path: ':memory:' });
    const nothing = await reconcile({ reads: other, merchant: shop, providers: [], clock }, [], { from, to });
    expect(nothing.notes.map(({ code }) => code)).toEqual(['reconciliation.country-unknown']);
    await other.close();
  });

  it.each([
    [to, from],
    [from, from],
    [new Date(Number.NaN), to],
  ])('refuses a window that is none', async (begin, end) => {
    await expect(run([], { from: begin, to: end })).rejects.toMatchObject({ code: 'reconciliation.window' });
  });

  it('ends when it is reported to, and holds no more findings than asked', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ paymentId: `p-${index}`, amount: 1, time }));
    const report = await run(many, { mostFindings: 10 });
    expect(report.findings).toHaveLength(10);
    expect(report).toMatchObject({ moreFindings: 2_990, counts: { 'paid-without-receipt': 3_000 } });
    await expect(run(many, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says where a provider is not listed to its end', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    const broken = new ListingProvider('memory');
    broken.list = async function* () {
      yield [];
      throw new FiscalError({ code: 'provider.too-large', message: 'Too many.', retryable: false });
    };
    const providers = [broken, new ScriptedProvider('silent')];
    const report = await reconcile({ reads: store, merchant: shop, providers, clock }, [], { from, to });
    expect(report.providers).toEqual([
      { name: 'memory', documents: 0, complete: false, code: 'provider.too-large' },
      { name: 'silent', documents: 0, complete: false, code: 'provider.unsupported' },
    ]);
    expect(report.notes.map(({ code }) => code)).toContain('reconciliation.provider-incomplete');
    await store.close();
  });
});

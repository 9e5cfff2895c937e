import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transition } from '../entry/transition.js';
import { openLedger, testMerchant } from '../services/ledger-harness.fixture.js';
import { sampleReceipt } from '../services/sample-receipt.fixture.js';
import { claimDue } from '../store/claim-due.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { type DailyReport, dailyReport } from './daily-report.js';
import { type ExportedReceipt, ExportTotals, exportReceipts } from './export-receipts.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstDay = Date.parse('2026-05-01T00:00:00Z');

interface Sold {
  readonly format: 'ru_1_05' | 'uz_1_0';
  readonly account: string;
  readonly operationType: string;
  readonly positions: readonly { readonly vat_code: string; readonly minor: number }[];
  readonly settlements: readonly { readonly type: string; readonly minor: number }[];
  readonly acceptedAt: number;
  /** From acceptance to the register's time, and from that to when we knew. */
  readonly registeredAfter: number;
  readonly knownAfter: number;
  readonly outcome: 'registered' | 'rejected' | 'open';
}

const vatCodes = [
  'none',
  'vat_0',
  'vat_10',
  'vat_110',
  'vat_5',
  'vat_7',
  'vat_20',
  'vat_22',
  'vat_122',
  'vat_12',
];
const amounts = fc.oneof(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 99_999_999_999_999 }));
const solds: fc.Arbitrary<Sold> = fc.record({
  format: fc.constantFrom('ru_1_05', 'uz_1_0'),
  account: fc.constantFrom('one', 'two'),
  operationType: fc.constantFrom('sell', 'sell', 'sell_refund', 'buy'),
  positions: fc.array(fc.record({ vat_code: fc.constantFrom(...vatCodes), minor: amounts }), {
    minLength: 1,
    maxLength: 4,
  }),
  settlements: fc.array(
    fc.record({ type: fc.constantFrom('cash', 'cashless', 'prepayment'), minor: amounts }),
    { minLength: 1, maxLength: 3 },
  ),
  acceptedAt: fc.integer({ min: 0, max: 10 * dayMs }).map((offset) => firstDay + offset),
  registeredAfter: fc.constantFrom(0, 1_000, hourMs, dayMs, 3 * dayMs, 40 * dayMs),
  knownAfter: fc.constantFrom(0, 1_000, 2 * dayMs, 9 * dayMs),
  outcome: fc.constantFrom('registered', 'registered', 'registered', 'rejected', 'open'),
});

function isoAt(at: number, hours: number): string {
  return `${new Date(at + hours * hourMs).toISOString().slice(0, 19)}+0${hours}:00`;
}

function entryOf({ format, account, operationType, positions, settlements }: Sold) {
  const sum = positions.reduce((total, { minor }) => total + minor, 0);
  return newEntry({
    account,
    facets: { paymentId: `${Math.random()}`, operationType, totalMinor: sum },
    document: {
      receipt_format: format,
      operation_type: operationType,
      total: sum / 100,
      positions: positions.map(({ vat_code, minor }) => {
        return { name: 'Tea', price: minor / 100, quantity: 1, vat_code, sum: minor / 100 };
      }),
      settlements: settlements.map(({ type, minor }) => ({ type, sum: minor / 100 })),
    },
  });
}

function endOf({ outcome, format, acceptedAt, registeredAfter }: Sold): Transition | null {
  if (outcome === 'open') return null;
  const reason = { code: 'provider.rejected', message: 'No.' };
  if (outcome === 'rejected') return { to: 'rejected', dueInMs: null, failures: 0, reason };
  const numbers = { fiscal_storage_number: '1', fiscal_document_number: '2', fiscal_attribute: '3' };
  const registered_at = isoAt(acceptedAt + registeredAfter, format === 'ru_1_05' ? 3 : 5);
  const mark =
    format === 'ru_1_05'
      ? ({ country: 'ru', ...numbers, registered_at } as const)
      : ({ country: 'uz', terminal_id: '1', receipt_number: '2', fiscal_sign: '3', registered_at } as const);
  const registration = { providerDocumentId: null, mark, link: null, details: {} };
  return { to: 'registered', dueInMs: null, failures: 0, registration };
}

/** Opens a ledger in which each receipt was accepted, and known to be registered, at its time. */
async function sell(sold: readonly Sold[]): Promise<LedgerStore> {
  let now = firstDay;
  const store = createSqliteStore({ path: ':memory:', clock: () => new Date(now) });
  const events = sold.flatMap((each) => {
    let settle = async () => {};
    const accept = async () => {
      await store.accept(entryOf(each));
      const names = [{ account: each.account, merchant: 'shop' }];
      const [claim] = await claimDue(store, {
        provider: 'memory',
        limit: 1,
        leaseMs: 100 * dayMs,
        worker: 'one',
        names,
      });
      const transition = endOf(each);
      if (claim === undefined) throw new Error('nothing was due');
      if (transition === null) return;
      const { entry, fence } = claim;
      settle = async () => void (await store.settle({ id: entry.id, fence, transition }));
    };
    const knownAt = each.acceptedAt + each.registeredAfter + each.knownAfter;
    return [
      { at: each.acceptedAt, act: accept },
      { at: knownAt, act: () => settle() },
    ];
  });
  for (const { at, act } of events.toSorted((one, other) => one.at - other.at)) {
    now = at;
    await act();
  }
  return store;
}

const percents: Readonly<Record<string, bigint>> = {
  ...{ none: 0n, vat_0: 0n, vat_10: 10n, vat_110: 10n, vat_5: 5n, vat_7: 7n },
  ...{ vat_20: 20n, vat_22: 22n, vat_122: 22n, vat_12: 12n },
};
const minorOf = (text: string) => BigInt(text.replace('.', ''));
const sorted = (sums: Record<string, bigint>) => Object.entries(sums).toSorted();

/** Computes a day's report anew, in nothing but whole numbers, from what was exported. */
function expectedReport(exported: readonly ExportedReceipt[], date: string) {
  const rows: Record<string, { receipts: number; total: bigint; sums: Record<string, bigint> }> = {};
  for (const receipt of exported) {
    if (receipt.status !== 'registered' || !receipt.registered_at?.startsWith(date)) continue;
    const key = [receipt.provider, receipt.account, receipt.currency, receipt.operation_type].join(' ');
    const row = rows[key] ?? { receipts: 0, total: 0n, sums: {} };
    rows[key] = row;
    row.receipts += 1;
    row.total += minorOf(receipt.total);
    const add = (name: string, minor: bigint) => {
      row.sums[name] = (row.sums[name] ?? 0n) + minor;
    };
    const turnovers: Record<string, bigint> = {};
    for (const { vat_code, sum } of receipt.positions)
      turnovers[vat_code] = (turnovers[vat_code] ?? 0n) + minorOf(sum);
    for (const [code, turnover] of Object.entries(turnovers)) {
      const percent = percents[code] ?? 0n;
      add(`turnover ${code}`, turnover);
      add(`vat ${code}`, (2n * turnover * percent + 100n + percent) / (2n * (100n + percent)));
      add(`receipts ${code}`, 1n);
    }
    for (const { type, sum } of receipt.settlements) add(`settled ${type}`, minorOf(sum));
  }
  return Object.entries(rows)
    .toSorted()
    .map(([key, { receipts, total, sums }]) => ({ key, receipts, total, sums: sorted(sums) }));
}

/** The same of the report itself. */
function shownReport({ rows }: DailyReport) {
  return rows
    .map(({ provider, account, currency, operationType, receipts, totalMinor: total, vat, settlements }) => ({
      key: [provider, account, currency, operationType].join(' '),
      receipts,
      total,
      sums: sorted(
        Object.fromEntries([
          ...vat.flatMap(({ vatCode, ...sum }) => [
            [`turnover ${vatCode}`, sum.turnoverMinor],
            [`vat ${vatCode}`, sum.vatMinor],
            [`receipts ${vatCode}`, BigInt(sum.receipts)],
          ]),
          ...settlements.map(({ type, sumMinor }) => [`settled ${type}`, sumMinor]),
        ]),
      ),
    }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

async function exportAll(store: LedgerStore): Promise<ExportedReceipt[]> {
  const all: ExportedReceipt[] = [];
  const window = { from: new Date(0), to: new Date(4_000_000_000_000) };
  for await (const portion of exportReceipts(store, { merchant: 'shop', ...window })) all.push(...portion);
  return all;
}

describe('the report of a day', () => {
  it('equals an independent computation over the exported receipts, to the minor unit', async () => {
    const now = new Date(firstDay + 100 * dayMs);
    let counted = 0;
    const property = fc.asyncProperty(fc.array(solds, { minLength: 1, maxLength: 25 }), async (sold) => {
      const store = await sell(sold);
      const exported = await exportAll(store);
      expect(exported).toHaveLength(sold.length);
      const dates = new Set(exported.map(({ registered_at }) => registered_at?.slice(0, 10) ?? '2026-05-03'));
      for (const date of dates) {
        const report = await dailyReport(store, { merchant: 'shop', date, now });
        expect(shownReport(report)).toEqual(expectedReport(exported, date));
        counted += report.receipts;
      }
      expect(exported.filter(({ status }) => status === 'registered').length).toBeLessThanOrEqual(counted);
      await store.close();
    });
    await fc.assert(property, { numRuns: 60 });
    expect(counted).toBeGreaterThan(100);
  }, 60_000);

  it('says whether the day has ended, on the last register’s clock', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    const report = (now: string) =>
      dailyReport(store, { merchant: 'shop', date: '2026-05-04', now: new Date(now) });
    expect(await report('2026-05-04T20:59:59Z')).toMatchObject({ ended: false, receipts: 0, rows: [] });
    expect(await report('2026-05-04T21:00:00Z')).toMatchObject({ ended: true });
    await expect(report('2026-05-03T18:00:00Z')).rejects.toMatchObject({ code: 'report.date' });
    await store.close();
  });

  it.each(['2026-02-30', '2026-5-4', '04.05.2026', '', '2026-05-04T00:00:00Z'])(
    'refuses the date %j',
    async (date) => {
      const { ledger, close } = openLedger();
      await expect(ledger.reports.daily({ merchant: testMerchant.id, date })).rejects.toMatchObject({
        code: 'report.date',
        retryable: false,
      });
      await close();
    },
  );

  it('is of a merchant’s own receipts alone', async () => {
    const { ledger, close } = openLedger();
    await ledger.start();
    await ledger.receipts.create({ merchant: testMerchant.id, receipt: sampleReceipt(), waitMs: 5_000 });
    await ledger.receipts.create({ merchant: 'other', receipt: sampleReceipt(), waitMs: 5_000 });
    const date = '2026-05-04';
    const report = await ledger.reports.daily({ merchant: testMerchant.id, date });
    expect(report.receipts).toBeLessThanOrEqual(1);
    await expect(ledger.reports.daily({ merchant: 'nobody', date })).rejects.toMatchObject({
      code: 'merchant.unknown',
    });
    await close();
  });
});

it('sums an export exactly, beyond what a number can tell', () => {
  const totals = new ExportTotals();
  const receipt = { status: 'registered', currency: 'UZS', operation_type: 'sell' } as const;
  for (let count = 0; count < 3; count += 1)
    totals.add({ ...receipt, total: '9999999999999.99' } as unknown as ExportedReceipt);
  totals.add({ ...receipt, total: '0.01', status: 'rejected' } as unknown as ExportedReceipt);
  expect(totals).toMatchObject({ receipts: 4, registered: 3 });
  expect(totals.sums).toEqual({ UZS: { sell: '29999999999999.97' } });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import type { Benchmark, Comparison } from '../../benchmark.js';
import { withServer } from '../../postgres.js';
import { formatNumber } from '../../report.js';
import { fillPostgres } from './fill-postgres.js';
import { fillSqlite } from './fill-sqlite.js';
import { entryMaker, type LedgerUnderTest } from './ledger-under-test.js';
import { deliver, read, Stopwatch } from './operations.js';

/** How much is measured. */
interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
}

const full = { sizes: [10_000, 100_000, 1_000_000], effort: { warmUpRounds: 30, rounds: 150 } };
const quick = { sizes: [10_000, 15_000, 20_000], effort: { warmUpRounds: 2, rounds: 10 } };
const atOnce = 16;

/** Measures what a million finished receipts cost those that come after them. */
export const growth: Benchmark = {
  name: 'growth',
  title: 'accept, claim, settle, get and list with 10,000 to 1,000,000 finished receipts, both stores',
  async measure({ quick: isQuick, onProgress }) {
    const { sizes, effort } = isQuick ? quick : full;
    const amounts = sizes.map(formatNumber).join(', ');
    onProgress(`SQLite files with ${amounts} finished receipts; filling takes a while`);
    const sqlite = await compareSqliteSizes(sizes, effort);
    onProgress(`PostgreSQL with ${amounts} finished receipts`);
    return [...sqlite, ...(await comparePostgresSizes(sizes, effort))];
  },
};

/** Compares ledgers of these sizes in SQLite files. */
async function compareSqliteSizes(sizes: readonly number[], effort: Effort): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bench-'));
  const open = async (size: number): Promise<LedgerUnderTest> => {
    const path = join(folder, `${size}.sqlite`);
    const finished = await fillSqlite(path, size);
    const store = createSqliteStore({ path });
    return { name: `${formatNumber(size)} receipts`, store, finished, newEntry: entryMaker(store) };
  };
  try {
    return await compareSizes('SQLite', { sizes, open, effort });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compares ledgers of these sizes in schemas of one PostgreSQL. */
function comparePostgresSizes(sizes: readonly number[], effort: Effort): Promise<Comparison[]> {
  return withServer((connectionString) => {
    const open = async (size: number): Promise<LedgerUnderTest> => {
      const schema = `receipts_${size}`;
      const finished = await fillPostgres(connectionString, { schema, size });
      const store = await createPostgresStore({ connectionString, schema });
      return { name: `${formatNumber(size)} receipts`, store, finished, newEntry: entryMaker(store) };
    };
    return compareSizes('PostgreSQL', { sizes, open, effort });
  });
}

interface Sizes {
  readonly sizes: readonly number[];
  readonly open: (size: number) => Promise<LedgerUnderTest>;
  readonly effort: Effort;
}

/** Interleaves the ledgers round after round, and compares the duration of each operation. */
async function compareSizes(storeName: string, { sizes, open, effort }: Sizes): Promise<Comparison[]> {
  const { warmUpRounds, rounds } = effort;
  const measured: { readonly ledger: LedgerUnderTest; readonly stopwatch: Stopwatch }[] = [];
  try {
    for (const size of sizes) measured.push({ ledger: await open(size), stopwatch: new Stopwatch() });
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      for (const { ledger, stopwatch } of round % 2 === 0 ? measured : measured.toReversed()) {
        await runRound(ledger, round < 0 ? new Stopwatch() : stopwatch, round + warmUpRounds);
      }
    }
  } finally {
    for (const { ledger } of measured) await ledger.store.close();
  }
  const [smallest, largest] = [measured.at(0)?.ledger.name ?? '', measured.at(-1)?.ledger.name ?? ''];
  const names = measured[0]?.stopwatch.names() ?? [];
  return names.map((name) => ({
    what: `${storeName}: ${name}`,
    unit: 'µs',
    candidates: measured.map(({ ledger, stopwatch }) => ({
      name: ledger.name,
      samples: stopwatch.samples(name),
    })),
    thresholds: [{ kind: 'at most', ratio: 1.5, of: largest, to: [smallest] }],
  }));
}

async function runRound(ledger: LedgerUnderTest, stopwatch: Stopwatch, round: number): Promise<void> {
  await deliver(ledger, stopwatch, 1);
  await deliver(ledger, stopwatch, atOnce);
  await read(ledger, stopwatch, round);
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { createSqliteStore, type LedgerStore } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import type { Benchmark, Comparison } from '../../benchmark.js';
import { percentile } from '../../percentile.js';
import { withClient, withServer } from '../../postgres.js';
import { formatNumber } from '../../report.js';
import { fillPostgres } from '../growth/fill-postgres.js';
import { fillSqlite } from '../growth/fill-sqlite.js';
import { entryMaker, merchants } from '../growth/ledger-under-test.js';
import { type MeasuredRead, readsOf } from './reads.js';

const full = { receipts: 1_000_000, samples: 100 };
const quick = { receipts: 5_000, samples: 3 };

/** Receipts accepted a second, while others search. */
const acceptsPerSecond = 100;

const [merchant = ''] = merchants;

/** Measures searches and lists of one merchant's receipts, while others are accepted. */
export const search: Benchmark = {
  name: 'search',
  title: `search and lists of a merchant's 1,000,000 receipts, beside ${acceptsPerSecond} accepted a second; both stores`,
  async measure({ quick: isQuick, onProgress }) {
    const { receipts, samples } = isQuick ? quick : full;
    const comparisons: Comparison[] = [];
    for (const { name, withReceipts } of filledLedgers) {
      await withReceipts(receipts, async ({ store, indexBytes }) => {
        onProgress(`${formatNumber(receipts)} receipts are in the ledger on ${name}; load ${loadavg()[0]}`);
        const index = await fillIndex(store, indexBytes, receipts);
        onProgress(`the index has them; load ${loadavg()[0]}`);
        const measured = await besideAccepts(store, () => measureReads(store, samples));
        comparisons.push(...index.map((comparison) => of(name, comparison)));
        comparisons.push(...measured.map((measuredRead) => of(name, compare(measuredRead, receipts))));
      });
    }
    return comparisons;
  },
};

/** A ledger whose index is still empty. */
interface FilledLedger {
  readonly store: LedgerStore;
  /** Returns what the index takes on disk. */
  readonly indexBytes: () => Promise<number>;
}

interface FilledLedgers {
  readonly name: string;
  readonly withReceipts: (receipts: number, work: (ledger: FilledLedger) => Promise<void>) => Promise<void>;
}

const filledLedgers: readonly FilledLedgers[] = [
  {
    name: 'SQLite',
    async withReceipts(receipts, work) {
      const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-search-'));
      try {
        const path = join(folder, 'ledger.sqlite');
        await fillSqlite(path, receipts, merchant);
        const before = statSync(path).size;
        const store = createSqliteStore({ path });
        const indexBytes = async () => {
          const database = new DatabaseSync(path);
          database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
          database.close();
          return statSync(path).size - before;
        };
        await work({ store, indexBytes });
        await store.close();
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'PostgreSQL',
    withReceipts: (receipts, work) =>
      withServer(async (connectionString) => {
        const schema = 'fiscalkit';
        await fillPostgres(connectionString, { schema, size: receipts, merchant });
        const store = await createPostgresStore({ connectionString, schema });
        const indexBytes = () =>
          withClient(connectionString, async (client) => {
            await client.query('VACUUM ANALYZE');
            const { rows } = await client.query<{ bytes: string }>(
              `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
               WHERE relkind = 'r' AND relnamespace = '${schema}'::regnamespace AND relname LIKE 'search_%'`,
            );
            return Number(rows[0]?.bytes);
          });
        await work({ store, indexBytes });
        await store.close();
      }),
  },
];

/** Takes all receipts into the index, and returns what that took, a receipt. */
async function fillIndex(
  { entryIndex }: LedgerStore,
  indexBytes: () => Promise<number>,
  receipts: number,
): Promise<Comparison[]> {
  const before = process.cpuUsage();
  while (await entryIndex.update());
  const { user, system } = process.cpuUsage(before);
  const microseconds = (user + system) / receipts;
  const name = 'index of entries';
  return [
    {
      what: 'processor time of this process for taking in a receipt',
      unit: 'µs',
      candidates: [{ name, samples: [microseconds] }],
      thresholds: [],
    },
    {
      what: 'kept of a receipt',
      unit: 'kB',
      candidates: [{ name, samples: [(await indexBytes()) / receipts / 1000] }],
      thresholds: [{ kind: 'at most', value: 0.8, of: name }],
    },
  ];
}

/** Does the work while receipts are accepted and taken into the index. */
async function besideAccepts<T>(store: LedgerStore, work: () => Promise<T>): Promise<T> {
  const newEntry = entryMaker(store);
  let isOver = false;
  const accepting = (async () => {
    while (!isOver) {
      await Promise.all(Array.from({ length: acceptsPerSecond / 20 }, () => store.accept(newEntry())));
      await delay(50);
    }
  })();
  const indexing = (async () => {
    while (!isOver) await delay((await store.entryIndex.update()) ? 5 : 500);
  })();
  try {
    return await work();
  } finally {
    isOver = true;
    await Promise.all([accepting, indexing]);
  }
}

async function measureReads(store: LedgerStore, samples: number): Promise<MeasuredRead[]> {
  const measured: MeasuredRead[] = [];
  for (const { what, read } of await readsOf(store, merchant)) {
    const milliseconds: number[] = [];
    for (let sample = -2; sample < samples; sample += 1) {
      const startedAt = performance.now();
      await read();
      if (sample >= 0) milliseconds.push(performance.now() - startedAt);
    }
    measured.push({ what, milliseconds });
  }
  return measured;
}

function compare({ what, milliseconds }: MeasuredRead, receipts: number): Comparison {
  const name = `${formatNumber(receipts)} receipts`;
  return {
    what: `${what}, p95`,
    unit: 'ms',
    candidates: [{ name, samples: [percentile(milliseconds, 0.95)] }],
    thresholds: [{ kind: 'at most', value: 50, of: name }],
  };
}

function of(store: string, comparison: Comparison): Comparison {
  return { ...comparison, what: `${store}: ${comparison.what}` };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoMerchant } from '@fiscalkit/testing';
import type { Benchmark, Candidate, Comparison } from '../../benchmark.js';
import { withServer } from '../../postgres.js';
import { formatNumber } from '../../report.js';
import { fillPostgres } from '../growth/fill-postgres.js';
import { fillSqlite } from '../growth/fill-sqlite.js';
import {
  besideLists,
  type Findings,
  listsAtOnce,
  perSecond,
  probedPaths,
  type Round,
} from './beside-lists.js';

const full = { receipts: 200_000, seconds: 30 };
const quick = { receipts: 5_000, seconds: 3 };

const beside = `${listsAtOnce} lists at once`;

/** Measures accepting, health and memory of a gateway while one merchant reads lists. */
export const readers: Benchmark = {
  name: 'readers',
  title: `${listsAtOnce} lists at once of one merchant's 200,000 receipts, beside ${perSecond} receipts/s`,
  async measure({ quick: isQuick, onProgress }) {
    const { receipts, seconds } = isQuick ? quick : full;
    const comparisons: Comparison[] = [];
    for (const { name, withReceipts } of largeLedgers) {
      const findings = await withReceipts(receipts, (ledgerUrl) => {
        onProgress(`${formatNumber(receipts)} receipts are in the ledger on ${name}`);
        return besideLists({ ledgerUrl, receipts, seconds, onProgress });
      });
      comparisons.push(...compare(findings, name, seconds));
    }
    return comparisons;
  },
};

/** A store that makes large ledgers. */
interface LargeLedgers {
  readonly name: string;
  /** Does the work with the URL of a ledger in which the demo merchant has so many finished receipts. */
  readonly withReceipts: <T>(receipts: number, work: (ledgerUrl: string) => Promise<T>) => Promise<T>;
}

const largeLedgers: readonly LargeLedgers[] = [
  {
    name: 'SQLite',
    async withReceipts(receipts, work) {
      const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-readers-'));
      try {
        const path = join(folder, 'ledger.sqlite');
        await fillSqlite(path, receipts, demoMerchant.merchantId);
        return await work(`sqlite:${path}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'PostgreSQL',
    withReceipts: (receipts, work) =>
      withServer(async (connectionString) => {
        const { merchantId: merchant } = demoMerchant;
        await fillPostgres(connectionString, { schema: 'fiscalkit', size: receipts, merchant });
        return work(connectionString);
      }),
  },
];

function compare(findings: Findings, store: string, seconds: number): Comparison[] {
  const { alone, beside: round, megabytes, lists } = findings;
  const candidatesOf = (sample: (round: Round) => number): Candidate[] => [
    { name: 'no lists, before and after', samples: alone.map(sample) },
    { name: beside, samples: [sample(round)] },
  ];
  return [
    {
      what: `POST /v5/receipts at ${perSecond}/s for ${seconds} s, p99, ${store}`,
      unit: 'ms',
      candidates: candidatesOf(({ acceptMs }) => acceptMs),
      thresholds: [{ kind: 'at most', value: 50, of: beside }],
    },
    ...probedPaths.map(
      (path): Comparison => ({
        what: `GET ${path}, p99, ${store}`,
        unit: 'ms',
        candidates: candidatesOf(({ probeMs }) => probeMs[path] ?? Number.NaN),
        thresholds: path === '/health/ready' ? [{ kind: 'at most', value: 20, of: beside }] : [],
      }),
    ),
    {
      what: `the gateway's own process, ${store}`,
      unit: 'processors at work',
      candidates: candidatesOf(({ processors }) => processors ?? Number.NaN),
      thresholds: [],
    },
    {
      what: `most memory of the gateway, ${store}`,
      unit: 'MB',
      candidates: [{ name: beside, samples: [megabytes] }],
      thresholds: [{ kind: 'at most', value: 1_000, of: beside }],
    },
    {
      what: `lists answered, ${store}`,
      unit: 'lists/s',
      candidates: [{ name: beside, samples: [(lists['200'] ?? 0) / seconds] }],
      thresholds: [],
    },
  ];
}
